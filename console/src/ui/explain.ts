import { ApiError } from '../api/http.ts';
import { texts } from './texts.ts';

/** Says what went wrong and what to do, in the server's words where it gave some. */
export function explain(error: unknown): { title: string; text: string } {
  const { errors } = texts;
  if (!(error instanceof ApiError)) return { title: errors.title, text: errors.broken };
  const title = error.status === 404 ? errors.notFoundTitle : errors.title;
  return { title, text: sayWhy(error) };
}

function sayWhy(error: ApiError): string {
  const { errors } = texts;
  const { field, expected, remedy } = error.detail;
  if (error.offline) return errors.unreachable;
  if (error.status === 404) return errors.notFound;
  if (error.status === 403 && error.code !== 'csrf') return errors.forbidden;
  const what = field && expected ? errors.field(field, expected) : undefined;
  if (what || remedy) return [what, remedy].filter(Boolean).join(' ');
  if (error.code === 'not_json') return errors.notJson;
  if (error.status === 413) return texts.import.tooLarge;
  return error.status >= 500 ? errors.server : errors.other(error.code);
}
