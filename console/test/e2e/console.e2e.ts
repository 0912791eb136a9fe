import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from './axe.ts';
import { Browser } from './browser.ts';
import {
  exportFile,
  findTask,
  openSignedIn,
  readTree,
  REAL,
  startTarget,
  type Target,
} from './target.ts';

let target: Target;
let browser: Browser;

beforeAll(async () => {
  target = await startTarget({ largeNodes: 60 });
});
afterAll(() => target?.stop());
afterEach(() => browser?.close());

/** Asking for a session that is not there answers 401, which the browser itself writes down. */
function complaints(): string[] {
  return browser.complaints.filter((one) => !one.includes('/api/session'));
}

describe('signing in', () => {
  it('refuses a wrong password in words, then leads to where one wanted to go', async () => {
    browser = await Browser.open(target.url);
    const { page } = browser;
    await browser.goto('/inbox?show=all');
    await page.getByRole('heading', { name: 'Millrace' }).waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Enter your user name.').waitFor();
    await page.getByLabel('User name').fill(target.login);
    await page.getByLabel('Password').fill('certainly-wrong');
    await page.keyboard.press('Enter');
    await page.getByText('do not fit together').waitFor();
    await page.getByLabel('Password').fill(target.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/inbox?show=all');
    expect(complaints()).toEqual([]);
  });

  it('signs out and forgets', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    await page.getByRole('button', { name: /Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    await browser.goto('/inbox');
    await page.getByLabel('Password').waitFor();
  });

  it.skipIf(REAL)('asks again when the session has ended, and comes back', async () => {
    browser = await openSignedIn(target, {}, '/inbox');
    const { page } = browser;
    target.mock!.forgetSessions();
    await page.getByLabel('Search alerts').fill('root');
    await page.getByText('Your session has ended').waitFor();
    await page.getByLabel('User name').fill(target.login);
    await page.getByLabel('Password').fill(target.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    expect(page.url()).toContain('q=root');
  });
});

describe('the folder tree', () => {
  it('is walked with the keyboard and found by search', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    const items = await readTree(page);
    const parent = items.find((item) =>
      items.some((other) => other.parentId === item.id && other.kind === 'process'),
    )!;
    const folder = page.getByRole('treeitem', { name: parent.title }).first();
    await folder.focus();
    if ((await folder.getAttribute('aria-expanded')) === 'false')
      await page.keyboard.press('ArrowRight');
    await expect.poll(() => folder.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-level'))).toBe('2');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => folder.getAttribute('aria-expanded')).toBe('false');

    const process = items.find((item) => item.kind === 'process')!;
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('/');
    await page.keyboard.type(String(process.id));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: process.title }).waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe('a process', () => {
  it('shows its nodes, a panel for the chosen one, its tasks, and the way of a task', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    const { view, node, task } = await findTask(page);
    await browser.goto(`/processes/${view.id}`);
    await page.locator('.react-flow__node').first().waitFor();
    expect(await page.locator('.react-flow__node').count()).toBe(view.nodes.length);
    await page.locator(`.react-flow__node[data-id="${node.id}"]`).click();
    const panel = page.getByRole('complementary', { name: `Node ${node.title}` });
    await panel.getByText('What it does').waitFor();
    await panel
      .getByRole('button', { name: new RegExp(task.ref ?? task.id) })
      .first()
      .click();
    const sheet = page.getByRole('complementary', { name: 'Task' });
    await sheet.getByText('Data').first().waitFor();
    await page.locator('.react-flow__node.on-path').first().waitFor();
    const steps = await sheet.getByRole('button', { name: /^Step \d+/ }).count();
    expect(steps).toBeGreaterThan(0);
    await sheet.getByRole('tab', { name: 'JSON' }).click();
    expect(JSON.parse((await sheet.locator('pre').textContent()) ?? '')).toEqual(task.data);
    await sheet.getByRole('button', { name: /^Step 1:/ }).click();
    await page.locator('.react-flow__node.selected').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('complementary').count()).toBe(0);
    expect(complaints()).toEqual([]);
  });

  it('is reached and read with the keyboard alone', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    const { view, node } = await findTask(page);
    await browser.goto(`/processes/${view.id}`);
    await page.locator('.react-flow__node').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('n');
    await page.keyboard.type(node.id);
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: `Node ${node.title}` }).waitFor();
  });

  it.skipIf(REAL)('moves its counters within a second, without moving anything else', async () => {
    browser = await openSignedIn(target, {}, '/processes/1001');
    const { page } = browser;
    const card = page.locator('.react-flow__node', { hasText: 'Known account?' });
    await card.waitFor();
    await page.evaluate(() => {
      const seen = window as unknown as { shift: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          seen.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: false });
    });
    const count = card.locator('.count').first();
    const before = Number(
      await count.getAttribute('title').then((title) => title!.replaceAll(',', '')),
    );
    for (let i = 0; i < 5; i++) target.mock!.tick();
    await expect
      .poll(async () => Number((await count.getAttribute('title'))!.replaceAll(',', '')), {
        timeout: 1000,
      })
      .toBe(before + 30);
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBe(0);
    expect(complaints()).toEqual([]);
  });

  it.skipIf(REAL)('says when the line is cut, and goes on by itself', async () => {
    browser = await openSignedIn(target, {}, '/processes/1002');
    const { page } = browser;
    await page.getByText('Live', { exact: true }).waitFor();
    target.mock!.breakStreams();
    await page.getByText('Connecting…').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const start = page.locator('.dot.kind-start .count');
    const before = await start.getAttribute('title');
    for (let i = 0; i < 5; i++) target.mock!.tick();
    await expect.poll(() => start.getAttribute('title')).not.toBe(before);
  });
});

describe('an import', () => {
  it('reports what came in and which node keeps a process paused', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    await page.locator('input[type=file]').setInputFiles(exportFile());
    const report = page.getByRole('dialog');
    await report.getByRole('heading', { name: 'Imported, with something left to fix' }).waitFor();
    await report.getByText('3 objects imported').waitFor();
    await report.getByText('api_oracle').first().waitFor();
    await report
      .getByRole('link', { name: /Imported process/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Imported process' }).waitFor();
    expect(complaints()).toEqual([]);
  });

  it('takes a file that is dropped anywhere on the page', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    const transfer = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'broken.json', { type: 'application/json' }));
      return data;
    }, 'this is no export');
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
    await page.getByText('Drop to import into this folder').waitFor();
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await page.getByRole('dialog').getByRole('heading', { name: 'Nothing was imported' }).waitFor();
    await page.keyboard.press('Escape');
  });
});

describe.skipIf(REAL)('the alerts inbox', () => {
  it('shows an alert the moment it happens, and counts it', async () => {
    browser = await openSignedIn(target, {}, '/inbox');
    const { page } = browser;
    await page
      .getByRole('button', { name: /CloudTrail logging stopped/ })
      .first()
      .waitFor();
    const badge = page.locator('.unread');
    const before = Number(await badge.textContent());
    target.mock!.raise({
      title: 'Something entirely new',
      text: 'Nobody saw it before.',
      severity: 'critical',
    });
    await page.getByRole('button', { name: /Something entirely new/ }).waitFor({ timeout: 1000 });
    await expect
      .poll(async () => Number(await badge.textContent()), { timeout: 3000 })
      .toBe(before + 1);
    expect(complaints()).toEqual([]);
  });

  it('is worked off with j, k and e, with undo', async () => {
    browser = await openSignedIn(target, {}, '/inbox');
    const { page } = browser;
    const rows = page.locator('.alert-row');
    await rows.first().waitFor();
    const total = await rows.count();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const first = await rows.first().getAttribute('data-alert');
    await expect.poll(() => rows.first().getAttribute('aria-current')).toBe('true');
    await page.keyboard.press('e');
    await expect.poll(() => rows.count()).toBe(total - 1);
    expect(target.mock!.world.alerts.find((alert) => alert.id === first)?.acknowledged).toBe(true);
    await expect.poll(() => rows.first().getAttribute('aria-current')).toBe('true');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rows.count()).toBe(total);
    await expect
      .poll(() => target.mock!.world.alerts.find((alert) => alert.id === first)?.acknowledged)
      .toBe(false);
    expect(complaints()).toEqual([]);
  });

  it('is searched with / and filtered', async () => {
    browser = await openSignedIn(target, {}, '/inbox');
    const { page } = browser;
    await page.locator('.alert-row').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('root');
    await expect.poll(() => page.url()).toContain('q=root');
    await expect
      .poll(async () => (await page.locator('.alert-title').allTextContents()).join())
      .toBe('Root signed in to production');
    await page.keyboard.type(' of all evil');
    await page.getByRole('heading', { name: 'No alert fits' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('Severity').selectOption('high');
    await expect.poll(() => page.locator('.alert-mark:not(.high)').count()).toBe(0);
  });

  it('leads to the task that raised it', async () => {
    browser = await openSignedIn(target, {}, '/inbox');
    const { page } = browser;
    await page.locator('.alert-row').nth(1).click();
    await page.getByRole('link', { name: 'Open the task' }).click();
    await page.getByRole('complementary', { name: 'Task' }).getByText('Path').waitFor();
    expect(complaints()).toEqual([]);
  });

  it('does not move while someone reads further down', async () => {
    const many = await startTarget({ alerts: 300 });
    try {
      browser = await openSignedIn(many, {}, '/inbox');
      const { page } = browser;
      await page.locator('.alert-row').first().waitFor();
      const newest = await page.locator('.alert-row').first().getAttribute('data-alert');
      await page.locator('.alert-scroll').evaluate((element) => element.scrollTo(0, 2000));
      // The list draws what came into view in its next frame, and lets go of what left it.
      await page.locator(`[data-alert="${newest}"]`).waitFor({ state: 'detached' });
      const row = page.locator('.alert-row').nth(12);
      const id = await row.getAttribute('data-alert');
      const place = () =>
        page
          .locator(`[data-alert="${id}"]`)
          .evaluate((element) => element.getBoundingClientRect().top);
      const before = await place();
      many.mock!.raise({ title: 'On top' });
      await page.getByRole('button', { name: '1 new alert' }).waitFor();
      expect(Math.abs((await place()) - before)).toBeLessThan(1);
    } finally {
      await many.stop();
    }
  });

  it('is usable on a phone', async () => {
    browser = await openSignedIn(target, { width: 390, height: 844 }, '/inbox');
    const { page } = browser;
    await page.locator('.alert-row').first().click();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.locator('.alert-row').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Alerts' }).waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe('the whole page', () => {
  it('lists its shortcuts on ?, and has a skip link', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    await page.getByRole('heading', { level: 1 }).waitFor();
    await browser.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Acknowledge or reopen').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('says that there is nothing at an unknown address', async () => {
    browser = await openSignedIn(target, {}, '/');
    await browser.goto('/no/such/page');
    await browser.page.getByRole('heading', { name: 'Not here' }).waitFor();
  });

  it('keeps the chosen theme', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    await page.getByRole('button', { name: /Account of/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe('dark');
    await page.reload();
    expect(await theme()).toBe('dark');
  });

  it.each([
    ['light', false, 1440, 900],
    ['dark', true, 1440, 900],
    ['dark, phone', true, 390, 844],
  ])('has no accessibility faults on any page (%s)', async (_name, dark, width, height) => {
    browser = await Browser.open(target.url, { dark, width, height, still: true });
    const { page } = browser;
    const faults: string[] = [];
    const look = async (name: string) => {
      await page.waitForTimeout(250);
      faults.push(...(await inspect(page)).map((fault) => `${name}: ${fault}`));
    };
    await browser.goto('/sign-in');
    await page.getByLabel('Password').waitFor();
    await look('sign in');
    await browser.signIn(target.login, target.password);
    await look('workspace');
    const { view, node, task } = await findTask(page);
    await browser.goto(`/folders/${view.folderId}`);
    await page.getByRole('table').waitFor();
    await look('folder');
    await browser.goto(`/processes/${view.id}?node=${node.id}`);
    await page.getByRole('complementary').waitFor();
    await page.locator('.react-flow__node').first().waitFor();
    await look('node');
    await browser.goto(`/processes/${view.id}?node=${node.id}&task=${task.id}`);
    await page.getByRole('tab').first().waitFor();
    await look('task');
    await browser.goto('/inbox');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    await look('inbox');
    const row = page.locator('.alert-row').first();
    if ((await row.count()) > 0) {
      await row.click();
      await look('alert');
    }
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await look('shortcuts');
    expect(faults).toEqual([]);
    expect(complaints()).toEqual([]);
  });
});
