/** Runs before every test file. Continuous integration asks for colours everywhere, and texts with them match nothing. */
delete process.env['FORCE_COLOR'];
process.env['NO_COLOR'] = '1';
