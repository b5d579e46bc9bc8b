for (;;);

export const attacks = {};
