// Pictures of every page at three sizes, light and dark: node test/screenshots.mjs <folder> [filter]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const load = async (path) => (await runnerImport(here(path))).module;
const { MockServer } = await load('./mock/server.ts');
const { Browser } = await load('./e2e/browser.ts');

const folder = process.argv[2] ?? 'screenshots';
const filter = process.argv[3] ?? '';
mkdirSync(folder, { recursive: true });

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
];

const server = new MockServer({
  pages: here('../dist'),
  countersMillis: 0,
  alertsMillis: 0,
  largeNodes: 400,
});
await server.start();
const node = (title, process = 1002) =>
  server.world.processOf(process).nodes.find((one) => one.title === title).id;
const task = server.world.tasksIn(1002, node('Sent'))[0];
const PAGES = {
  'sign-in': '/sign-in',
  workspace: '/',
  folder: '/folders/10',
  empty: '/folders/12',
  process: '/processes/1002',
  router: '/processes/1001',
  checks: '/processes/1003',
  large: '/processes/1009',
  node: `/processes/1002?node=${node('Sign-in result')}`,
  task: `/processes/1002?node=${task.nodeId}&task=${task.id}`,
  inbox: '/inbox',
  alert: `/inbox?alert=${server.world.alerts[0].id}`,
  missing: '/nowhere',
};

try {
  for (const [width, height] of SIZES) {
    for (const dark of [false, true]) {
      const look = `${width}-${dark ? 'dark' : 'light'}`;
      if (!Object.keys(PAGES).some((name) => `${name}-${look}`.includes(filter))) continue;
      const browser = await Browser.open(server.url, { width, height, dark, still: true });
      for (const [name, path] of Object.entries(PAGES)) {
        if (!`${name}-${look}`.includes(filter)) continue;
        if (name !== 'sign-in' && (await browser.page.context().cookies()).length === 0) {
          await browser.signIn(server.login, server.password);
        }
        await browser.goto(path);
        await browser.page.waitForTimeout(500);
        await browser.page.screenshot({ path: join(folder, `${name}-${look}.png`) });
      }
      browser.complaints.forEach((complaint) => console.log(look, complaint));
      await browser.close();
    }
  }
} finally {
  await server.stop();
}
