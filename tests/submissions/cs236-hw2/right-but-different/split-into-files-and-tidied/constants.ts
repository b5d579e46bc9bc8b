export const halfLogTwoPi = Math.log(2 * Math.PI) / 2;
