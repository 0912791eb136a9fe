// Builds the console when its sources are newer than the last build, and prints one line.
// Maven calls it; it installs packages only when the lock file changed since the last install.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const NODE_MAJOR_MIN = 20;
const OUTPUT_LINES_MAX = 40;
const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

const [major] = process.versions.node.split('.').map(Number);
if (major < NODE_MAJOR_MIN) {
  fail(
    `Node.js ${process.versions.node} is too old: the console needs ${NODE_MAJOR_MIN}.19 or newer.`,
    'Install a current Node.js (https://nodejs.org, or your system’s package manager).',
  );
}

const started = Date.now();
const installed = installPackages();
const built = buildPages();
const seconds = ((Date.now() - started) / 1000).toFixed(1);
if (built) console.log(`console: built in ${seconds} s${installed ? ', packages installed' : ''}`);
else console.log('console: up to date');

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(home, 'package-lock.json')))
    .digest('hex');
  const mark = join(home, 'node_modules', '.installed-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return false;
  run('npm', ['ci', '--no-fund', '--no-audit'], 'The packages could not be installed.');
  writeFileSync(mark, lock);
  return true;
}

function buildPages() {
  const page = join(home, 'dist', 'index.html');
  if (
    existsSync(page) &&
    newest(SOURCES.map((source) => join(home, source))) <= statSync(page).mtimeMs
  ) {
    return false;
  }
  run('npm', ['run', '--silent', 'build'], 'The pages could not be built.');
  return true;
}

function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const stat = statSync(path);
    latest = Math.max(latest, stat.mtimeMs);
    if (stat.isDirectory()) {
      latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
    }
  }
  return latest;
}

function run(command, args, problem) {
  const done = spawnSync(command, args, {
    cwd: home,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (done.error?.code === 'ENOENT') {
    fail(
      `${command} was not found.`,
      'Install Node.js with npm and make sure that both are on the path.',
    );
  }
  if (done.status === 0) return;
  // npm repeats its whole manual after an error; the first lines say what it is.
  fail(
    problem,
    `${done.stdout ?? ''}${done.stderr ?? ''}`
      .trim()
      .split('\n')
      .slice(0, OUTPUT_LINES_MAX)
      .join('\n'),
  );
}

function fail(problem, remedy) {
  console.error(`console: ${problem}\n${remedy}`);
  process.exit(1);
}
