/** What HTTP calls its statuses (RFC 9110). */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  416: 'Requested Range Not Satisfiable',
  418: "I'm a teapot",
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** What nginx calls by another name than the standard has. */
const NGINX_REASONS: Readonly<Record<number, string>> = {
  302: 'Moved Temporarily',
  405: 'Not Allowed',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** `OK`; nothing for a status that has no name here. `server`: who says it, `nginx/1.29.3`. */
export const reasonOf = (status: number, server = ''): string =>
  (server.startsWith('nginx') ? NGINX_REASONS[status] : undefined) ?? REASONS[status] ?? '';

/** `HTTP/1.1 200 OK`. */
export const statusLine = (status: number, server?: string): string =>
  `HTTP/1.1 ${status} ${reasonOf(status, server)}`.trimEnd();
