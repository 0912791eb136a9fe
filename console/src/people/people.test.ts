import { describe, expect, it } from 'vitest';
import { isOwnPath } from './SignIn.tsx';

describe('the way back after sign-in', () => {
  it.each([
    ['/inbox?alert=a1', true],
    ['/processes/7', true],
    ['//elsewhere.example', false],
    ['/\\elsewhere.example', false],
    ['https://elsewhere.example', false],
    ['/sign-in', false],
    [undefined, false],
  ])('%s: %s', (path, own) => {
    expect(isOwnPath(path)).toBe(own);
  });
});
