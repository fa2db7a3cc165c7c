/** What HTTP calls its statuses (RFC 9110). */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** `OK`; nothing for a status that has no name here. */
export const reasonOf = (status: number): string => REASONS[status] ?? '';

/** `HTTP/1.1 200 OK`. */
export const statusLine = (status: number): string => `HTTP/1.1 ${status} ${reasonOf(status)}`.trimEnd();
