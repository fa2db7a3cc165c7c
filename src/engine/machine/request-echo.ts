/** Programs that tell whoever asks what they were asked. Follows traefik/whoami (app.go, Go's Request.Write) and the nginx of echoserver. */
import { parseTimestamp } from '../api/timestamp';
import type { BodyQuestion } from './bodies';
import { podHostname } from './pod-hostname';
import { hostAsked, withoutPort } from './sites';

/** Some port that a kernel would have given. */
export const clientPort = (now: string): number => 32_768 + ((parseTimestamp(now) / 1000) % 28_232);

/** The headers of a request but for its host, by their names in small letters, in the order of these. */
function headersOf({ headers }: BodyQuestion): [name: string, value: string][] {
  return Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name, value]) => name !== 'host' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const inCapitals = (name: string): string => name.replace(/(^|-)[a-z]/g, (found) => found.toUpperCase());

/** Go writes these before the others. */
const FIRST = ['user-agent', 'content-length'];

/** traefik/whoami. */
export function whoami(question: BodyQuestion): string {
  const { pod, address, path, method, client, now, text = '' } = question;
  const headers = headersOf(question);
  const inOrder = [
    ...FIRST.flatMap((name) => headers.filter(([one]) => one === name)),
    ...headers.filter(([name]) => !FIRST.includes(name)),
  ];
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${hostAsked(question)}`,
    ...inOrder.map(([name, value]) => `${inCapitals(name)}: ${value}`),
  ];
  const about = `Hostname: ${podHostname(pod)}\nIP: 127.0.0.1\nIP: ${address}\nRemoteAddr: ${client}:${clientPort(now)}\n`;
  return `${about}${lines.join('\r\n')}\r\n\r\n${text}`;
}

/** registry.k8s.io/echoserver. */
export function echoServer(question: BodyQuestion): string {
  const { pod, client, method, path, port, text } = question;
  const [route = '', query = ''] = path.split('?');
  const host = hostAsked(question);
  const headers = [...headersOf(question), ['host', host] as const].sort(([a], [b]) => (a < b ? -1 : 1));
  return `

Hostname: ${podHostname(pod)}

Pod Information:
\t-no pod information available-

Server values:
\tserver_version=nginx: 1.13.3 - lua: 10008

Request Information:
\tclient_address=${client}
\tmethod=${method}
\treal path=${route}
\tquery=${query}
\trequest_version=1.1
\trequest_scheme=http
\trequest_uri=http://${withoutPort(host)}:${port}${path}

Request Headers:
${headers.map(([name, value]) => `\t${name}=${value}\n`).join('')}
Request Body:
\t${text || '-no body in request-'}

`;
}
