// A tsconfig.json would be left alone: it is none of the files that are asked for.
export const compilerOptions = { paths: { "#fixtures": ["/etc/passwd"] } };
