// Starts the mock server for `npm run dev`: node test/mock/start.mjs [port] [nodes of the large process]
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./server.ts', import.meta.url)));
const server = new module.MockServer({
  port: Number(process.argv[2] ?? 8790),
  largeNodes: Number(process.argv[3] ?? 60),
  pages: fileURLToPath(new URL('../../dist', import.meta.url)),
});
await server.start();
console.log(`mock server: ${server.url}, user ${server.login}, password ${server.password}`);
