/**
 * The headers with which an Ingress controller sends a request on.
 * Follows ingress-nginx (nginx.tmpl, without use-forwarded-headers), NGINX Gateway Fabric (servers.go) and Traefik (forwardedheaders).
 */
import type { KnownController } from '../../api/ingress-controllers';
import { textHex64 } from '../../machine/hex';
import { hostAsked, withoutPort } from '../../machine/sites';
import type { NetworkRequest } from '../request';

/** What a program behind a controller is told of a request; `client`: the address that sent it, `own`: the name of the controller's host. */
export function forwardedHeaders(
  word: KnownController['word'],
  request: NetworkRequest,
  client: string,
  own: string,
): Record<string, string> {
  const { scheme, port, atMs, draw } = request;
  // What is said of the connection is for the controller alone.
  const { connection: _hop, Host: _other, ...given } = request.headers;
  const host = hostAsked(request);
  const common = {
    ...given,
    host,
    'x-forwarded-for': client,
    'x-forwarded-host': host,
    'x-forwarded-port': String(port),
    'x-forwarded-proto': scheme,
    'x-real-ip': client,
  };
  const before = given['x-forwarded-for'];
  switch (word) {
    case 'traefik':
      return { 'accept-encoding': 'gzip', ...common, 'x-forwarded-server': own };
    case 'nginx-gateway':
      return {
        ...common,
        'x-forwarded-for': before === undefined ? client : `${before}, ${client}`,
        'x-forwarded-host': withoutPort(host),
      };
    default:
      return {
        'x-request-id': textHex64(`${atMs} ${draw} ${host}`).slice(0, 32),
        ...common,
        'x-forwarded-scheme': scheme,
        'x-scheme': scheme,
        ...(before === undefined ? {} : { 'x-original-forwarded-for': before }),
      };
  }
}
