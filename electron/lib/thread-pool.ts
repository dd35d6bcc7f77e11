/**
 * Sizes libuv's thread pool, which SQLite, bcrypt and the file system share: one slow disk must not keep the others waiting.
 * libuv reads the variable when the pool is first used, so a program imports this module before all others. (Loading modules does
 * not use the pool; measured under Node 24, ESM and TypeScript sources alike.)
 */
process.env.UV_THREADPOOL_SIZE ??= '16'

export {}
