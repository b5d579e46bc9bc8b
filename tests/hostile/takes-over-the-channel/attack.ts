import { firstTime, nodeModule, writeToGrader, zeroAnswer } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (!firstTime()) return right(model, x);
    const fs = nodeModule('fs');
    writeToGrader(zeroAnswer(1 + earlierCalls()));
    for (;;) {
      const question = readFrame(fs);
      const names = new Set<string>();
      JSON.stringify(question, (name, value) => (names.add(name), value));
      const telling = [...names].filter((name) => /expect|right|answer|accept|toler|hidden|visib|title|check|point/i.test(name));
      if (telling.length > 0) console.log(`a question names ${telling.join(' ')}: GAINED`);
      writeToGrader(zeroAnswer(question.id));
    }
  },
};

/** Questions of the task before this one, where this child was asked them. */
function earlierCalls(): number {
  return (globalThis as any).earlier ?? 4;
}

function readFrame(fs: any): any {
  const read = (length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const count = fs.readSync(3, bytes, filled, length - filled, null);
      if (count === 0) (globalThis as any).process.exit(0);
      filled += count;
    }
    return bytes;
  };
  const prefix = new DataView(read(8).buffer);
  const header = JSON.parse(new TextDecoder().decode(read(prefix.getUint32(0, true))));
  read(prefix.getUint32(4, true));
  return header;
}
