/**
 * The pages with which servers say that there is nothing else to answer: of nginx (ngx_http_special_response.c), Apache (http_protocol.c), and what
 * Traefik says.
 */
import { reasonOf } from './reason-phrases';

/** nginx's page; `server`: nginx, perhaps with its version. */
export function nginxPage(status: number, server: string): string {
  const title = `${status} ${reasonOf(status, server)}`;
  const head = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n`;
  return `${head}<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`;
}

const APACHE_SAYS: Readonly<Record<number, string>> = {
  403: "You don't have permission to access this resource.",
  404: 'The requested URL was not found on this server.',
  502: 'The proxy server received an invalid\r\nresponse from an upstream server.<br />',
  503: 'The server is temporarily unable to service your\nrequest due to maintenance downtime or capacity\nproblems. Please try again later.',
  504: 'The gateway did not receive a timely response\nfrom the upstream server or application.',
};

/** Apache's page. */
export function apachePage(status: number, method: string): string {
  const said =
    status === 405 ? `The requested method ${method} is not allowed for this URL.` : (APACHE_SAYS[status] ?? '');
  const reason = reasonOf(status);
  return `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${reason}</title>\n</head><body>\n<h1>${reason}</h1>\n<p>${said}</p>\n</body></html>\n`;
}

const HAPROXY_SAYS: Readonly<Record<number, string>> = {
  502: '502 Bad Gateway</h1>\nThe server returned an invalid or incomplete response.',
  503: '503 Service Unavailable</h1>\nNo server is available to handle this request.',
  504: "504 Gateway Time-out</h1>\nThe server didn't respond in time.",
};

/** HAProxy's page. */
export const haproxyPage = (status: number): string =>
  HAPROXY_SAYS[status] ? `<html><body><h1>${HAPROXY_SAYS[status]}\n</body></html>\n` : '';

/** What an Ingress controller answers in place of a backend. */
export function gatewayPage(flavour: 'nginx' | 'traefik', status: number): string {
  if (flavour === 'nginx') return nginxPage(status, 'nginx');
  return status === 404 ? '404 page not found\n' : status === 503 ? 'no available server\n' : reasonOf(status);
}
