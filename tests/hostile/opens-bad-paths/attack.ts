import { attempt, firstTime, nodeModule } from './tools.ts';

const PATHS = ['', '\0', 'a\0b', 'x'.repeat(100_000), `/${'../'.repeat(5000)}etc/passwd`, '\ud800', '%s%s%s%n', '/dev/full', '/dev/zero', '/dev/stdin', '/proc/self/mem', '//etc//passwd', '/./etc/./passwd', 'file:///etc/passwd'];

export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const fs = nodeModule('fs');
    if (firstTime()) for (const path of PATHS) attempt(JSON.stringify(path.slice(0, 20)), () => fs.readFileSync(path, 'latin1').slice(0, 50));
    return right(...values);
  },
};
