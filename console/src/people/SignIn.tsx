import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { signIn } from '../api/calls.ts';
import { ApiError, keepCsrfToken } from '../api/http.ts';
import { sessionQuery } from '../api/session.ts';
import { Button } from '../ui/Button.tsx';
import { explain } from '../ui/explain.ts';
import { Mark } from '../ui/Mark.tsx';
import { texts } from '../ui/texts.ts';
import './people.css';

const route = getRouteApi('/sign-in');

export function SignIn() {
  const { to, ended } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [waitSeconds, setWaitSeconds] = useState(0);
  const loginField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useCountdown(waitSeconds, setWaitSeconds);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const login = loginField.current?.value.trim() ?? '';
    const password = passwordField.current?.value ?? '';
    if (login === '') return refuse(texts.signIn.needLogin, loginField.current);
    if (password === '') return refuse(texts.signIn.needPassword, passwordField.current);
    setBusy(true);
    setProblem('');
    try {
      const session = await signIn(login, password);
      keepCsrfToken(session.csrf);
      queryClient.setQueryData(sessionQuery.queryKey, session);
      router.history.push(isOwnPath(to) ? to : '/');
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };

  const refuse = (text: string, field: HTMLInputElement | null) => {
    setProblem(text);
    field?.focus();
  };

  const fail = (error: unknown) => {
    if (error instanceof ApiError && error.status === 429) {
      setWaitSeconds(error.detail.retryAfterSeconds ?? 10);
    } else if (error instanceof ApiError && error.status === 401) {
      refuse(texts.signIn.wrong, passwordField.current);
      passwordField.current?.select();
    } else {
      setProblem(explain(error).text);
    }
  };

  const said = waitSeconds > 0 ? texts.signIn.throttled(waitSeconds) : problem;
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit} noValidate>
        <div className="sign-in-brand">
          <Mark size={36} />
          <h1>{texts.product}</h1>
        </div>
        {ended && !said && <p className="sign-in-note">{texts.signIn.expired}</p>}
        <div className="field">
          <label htmlFor="login">{texts.signIn.login}</label>
          <input
            ref={loginField}
            id="login"
            className="input"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
        </div>
        <div className="field">
          <label htmlFor="password">{texts.signIn.password}</label>
          <input
            ref={passwordField}
            id="password"
            className="input"
            type="password"
            autoComplete="current-password"
            aria-describedby="sign-in-problem"
          />
        </div>
        <p id="sign-in-problem" className="field-error" role="alert">
          {said}
        </p>
        <Button look="primary" type="submit" disabled={busy || waitSeconds > 0}>
          {busy ? texts.signIn.busy : texts.signIn.submit}
        </Button>
        <p className="sign-in-hint">{texts.signIn.hint}</p>
      </form>
    </main>
  );
}

/** Only back to a page of our own: a link must not send people elsewhere after they signed in. */
export function isOwnPath(path: string | undefined): path is string {
  return path !== undefined && /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in');
}

function useCountdown(seconds: number, set: (seconds: number) => void): void {
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => set(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds, set]);
}
