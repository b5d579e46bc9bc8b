import { firstTime } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    if (firstTime()) console.log('\0 \ud800 \udfff \u202e \u001b[31m \u001b]8;;http://example.org\u0007 <script>alert(1)</script> {{this}} \r\n printed');
    return right(...values);
  },
};
