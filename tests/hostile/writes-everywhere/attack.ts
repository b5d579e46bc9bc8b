import { attempt, firstTime, nodeModule } from './tools.ts';

const PLACES = [
  'results.json', 'score.json', 'report.html', '/results/results.json', '/tmp/elbow-planted', '/dev/shm/elbow-planted', '/var/tmp/elbow-planted',
  '/dev/elbow-planted', '/child/elbow-planted', '/child/cpu.blob', '/program', '/proc/self/exe', '/proc/sys/kernel/core_pattern', '/sys/power/state',
  '/proc/elbow-planted', '__SECRET_FOLDER__/elbow-planted', '__SECRET_FILE__', '__PROJECT__/elbow-planted', '/etc/passwd', '/lib64/elbow-planted',
];

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) write();
    return right(model, x);
  },
};

function write(): void {
  const fs = nodeModule('fs');
  for (const place of PLACES) {
    attempt(`write ${place}`, () => (fs.writeFileSync(place, '{"score": 100}'), 'written'));
    attempt(`append ${place}`, () => (fs.appendFileSync(place, ' '), 'appended'));
    attempt(`link ${place}`, () => (fs.symlinkSync('/etc/passwd', `${place}-link`), 'linked'));
    attempt(`folder ${place}`, () => (fs.mkdirSync(`${place}-folder`, { recursive: true }), 'made'));
  }
  attempt('remove', () => (fs.rmSync('/child', { recursive: true }), 'removed'));
  attempt('rename', () => (fs.renameSync('/dev/null', '/dev/zero'), 'renamed'));
  attempt('mode', () => (fs.chmodSync('/dev/null', 0o777), 'changed'));
  attempt('times', () => (fs.utimesSync('/', 0, 0), 'changed'));
  attempt('truncate', () => (fs.truncateSync('/program', 0), 'truncated'));
  attempt('inodes', () => {
    let made = 0;
    for (const folder of ['/', '/dev', '/tmp', '/proc', '/proc/self']) {
      for (let index = 0; index < 100; index += 1) {
        try {
          fs.mkdirSync(`${folder}/elbow-planted-${index}`);
          made += 1;
        } catch {
          break;
        }
      }
    }
    return made > 0 ? made : undefined;
  });
}
