export const negativeElboBound = __NESTED__;
