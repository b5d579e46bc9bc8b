export const negativeElboBound = (a: any, b: any, c: any): any => __ARROWS__ 1;
