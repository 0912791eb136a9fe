import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly still?: boolean;
}

/** A browser with a fresh profile that remembers everything it complained about. */
export class Browser {
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly profile: string,
    readonly url: string,
  ) {}

  static async open(url: string, options: OpenOptions = {}): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'millrace-console-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: EXECUTABLE,
      headless: true,
      args: FLAGS,
      viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
      colorScheme: options.dark ? 'dark' : 'light',
      reducedMotion: options.still ? 'reduce' : 'no-preference',
      timezoneId: 'UTC',
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(10_000);
    const browser = new Browser(page, context, profile, url);
    page.on('pageerror', (error) => browser.complaints.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        browser.complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on('request', (request) => {
      const target = request.url();
      const own = target.startsWith(url) || target.startsWith(url.replace('http', 'ws'));
      if (!own && !/^(data|blob):/.test(target))
        browser.complaints.push(`outside request: ${target}`);
    });
    return browser;
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
  }

  async signIn(login: string, password: string, path = '/'): Promise<void> {
    await this.goto(path);
    await this.page.getByLabel('User name').fill(login);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.locator('main#content').waitFor();
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}
