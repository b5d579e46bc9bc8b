/** tfjs-node calls two functions that Node 23 removed from `util`: put them back before it loads. */
import { createRequire } from 'node:module';

const util = createRequire(`${process.cwd()}/`)('node:util') as Record<string, unknown>;
util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
util['isArray'] ??= Array.isArray;
