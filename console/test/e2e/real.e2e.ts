import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from './browser.ts';
import { openSignedIn, readTree, REAL, startTarget, type Target } from './target.ts';

/**
 * What only the real server can show: a record that enters the router moves the counters on the
 * canvas within a second and raises an alert in an open inbox. Needs MILLRACE_URL, and the folder
 * "CloudTrail monitoring" as `./millrace demo` sets it up.
 */
describe.skipIf(!REAL)('the showcase on a real server', () => {
  let target: Target;
  let browser: Browser;

  beforeAll(async () => {
    target = await startTarget();
  });
  afterAll(() => target?.stop());
  afterEach(() => browser?.close());

  async function router(page: Page): Promise<number> {
    const item = (await readTree(page)).find((one) => one.title === '01 - Event router');
    return item!.id;
  }

  /** Sends a failed sign-in of this user through the API, with the page's own session. */
  async function signInFails(page: Page, process: number, user: string): Promise<void> {
    const answer = await page.evaluate(
      async ({ process, record }) => {
        const session = await (await fetch('/api/session')).json();
        const response = await fetch('/api/2/json', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Csrf-Token': session.csrf },
          body: JSON.stringify({
            ops: [
              { type: 'create', obj: 'task', conv_id: process, ref: record.eventID, data: record },
            ],
          }),
        });
        return response.json();
      },
      {
        process,
        record: {
          eventVersion: '1.08',
          eventID: randomUUID(),
          eventTime: new Date().toISOString(),
          eventSource: 'signin.amazonaws.com',
          eventName: 'ConsoleLogin',
          eventType: 'AwsConsoleSignIn',
          awsRegion: 'eu-west-1',
          sourceIPAddress: '203.0.113.9',
          userIdentity: { type: 'IAMUser', accountId: '111122223333', userName: user },
          errorMessage: 'Failed authentication',
          requestParameters: null,
          responseElements: { ConsoleLogin: 'Failure' },
          additionalEventData: { MFAUsed: 'No' },
          recipientAccountId: '111122223333',
        },
      },
    );
    expect(answer).toMatchObject({ request_proc: 'ok', ops: [{ proc: 'ok' }] });
  }

  it('moves the counters on the canvas', async () => {
    browser = await openSignedIn(target);
    const { page } = browser;
    const process = await router(page);
    await browser.goto(`/processes/${process}`);
    const card = page.locator('.react-flow__node', { hasText: 'Route by event type' });
    await card.waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const entered = card.locator('.count').first();
    const read = async () => Number((await entered.getAttribute('title'))!.replace(/\D/g, ''));
    const before = await read();
    for (let i = 0; i < 3; i++) await signInFails(page, process, `counted-${randomUUID()}`);
    await expect.poll(read, { timeout: 5000, interval: 100 }).toBe(before + 3);
    expect(browser.complaints).toEqual([]);
  });

  it('shows an alert in the open inbox without reloading', async () => {
    browser = await openSignedIn(target, {}, '/inbox');
    const { page } = browser;
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    const user = `live-${randomUUID().slice(0, 8)}`;
    await signInFails(page, await router(page), user);
    const row = page.locator('.alert-row', { hasText: user });
    await row.waitFor();
    await row.click();
    await page.getByRole('link', { name: 'Open the task' }).click();
    await page.getByRole('complementary', { name: 'Task' }).getByText('Path').waitFor();
    expect(browser.complaints).toEqual([]);
  });
});
