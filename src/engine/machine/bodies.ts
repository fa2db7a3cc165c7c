/**
 * What servers answer with: files of their web root, and for some images of the catalogue what their programs are known to say. Other programs
 * answer with nothing.
 */
import type { Pod } from '../api/types';
import type { Files } from './cri';
import { apachePage, haproxyPage, nginxPage } from './error-pages';
import { versionOf } from './image-output';
import { parseImageReference } from './image-reference';
import { podHostname } from './pod-hostname';
import type { MachineContainer } from './records';
import { clientPort, echoServer, whoami } from './request-echo';
import { followed } from './shell/paths';
import { NO_DATABASE_PAGE } from './wordpress';

/** What a server says of a request beside its status. */
export interface BodyQuestion {
  readonly container: MachineContainer;
  readonly pod: Pod;
  readonly address: string;
  readonly path: string;
  readonly port: number;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The host that was looked up. */
  readonly host: string;
  /** What was sent with it. */
  readonly text?: string;
  readonly client: string;
  /** metav1.Time. */
  readonly now: string;
  readonly status: number;
  readonly filesOf: () => Files;
  /** The file or directory that is given, where its configuration says so. */
  readonly file?: string | undefined;
}

type Program = (question: BodyQuestion) => string;

const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

/** The root page that an image brings, by its name in the catalogue. */
export const ROOT_PAGES: ReadonlyMap<string, string> = new Map([
  ['nginx', NGINX_PAGE],
  ['nginxinc/nginx-unprivileged', NGINX_PAGE],
  ['httpd', '<html><body><h1>It works!</h1></body></html>\n'],
]);

const httpEcho: Program = ({ container: { spec } }) => {
  const words = [...(spec.command ?? []), ...(spec.args ?? [])];
  const inline = words.find((word) => /^-{1,2}text=/.test(word));
  const next = words.findIndex((word) => /^-{1,2}text$/.test(word));
  const text = inline?.replace(/^-{1,2}text=/, '') ?? (next >= 0 ? words[next + 1] : undefined) ?? 'hello-world';
  return `${text}\n`;
};

/** netexec, and servers that know their name only. Follows test/images/agnhost/netexec/netexec.go. */
const agnhost: Program = ({ pod, path, container: { behaviour }, client, now }) => {
  const [route = '', query = ''] = path.split('?');
  if (behaviour.catalogueName !== 'agnhost netexec') return route.startsWith('/healthz') ? '' : podHostname(pod);
  switch (route) {
    case '/clientip':
      return `${client}:${clientPort(now)}`;
    case '/echo':
      return (/(?:^|&)msg=([^&]*)/.exec(query)?.[1] ?? '').replace(/\+|%20/g, ' ');
    case '/hostname':
    case '/hostName':
      return podHostname(pod);
    case '/healthz':
      return '';
    case '/readyz':
      return 'ok';
    default:
      return `NOW: ${now.replace('T', ' ').replace('Z', ' +0000 UTC')}`;
  }
};

const bootcamp: Program = ({ pod, container: { behaviour } }) =>
  `Hello Kubernetes bootcamp! | Running on: ${podHostname(pod)} | v=${behaviour.tag.replace('v', '')}\n`;

const helloApp: Program = ({ pod, container: { spec } }) => {
  const version = /:(\d+)\.(\d+)/.exec(spec.image ?? '');
  return `Hello, world!\nVersion: ${version?.[1] ?? '1'}.${version?.[2] ?? '0'}.0\nHostname: ${podHostname(pod)}\n`;
};

const hello: Program = () => '{"message":"Hello"}\n';

const PROGRAMS: ReadonlyMap<string, Program> = new Map([
  ['traefik/whoami', whoami],
  ['containous/whoami', whoami],
  ['hashicorp/http-echo', httpEcho],
  ['e2e-test-images/agnhost', agnhost],
  ['google-samples/hello-app', helloApp],
  ['google-samples/containers/gke/hello-app', helloApp],
  ['google-samples/hello-frontend', hello],
  ['google-samples/hello-go-gke', hello],
  ['google-samples/node-hello', () => 'Hello Kubernetes!'],
  ['google-samples/kubernetes-bootcamp', bootcamp],
  ['jocatalin/kubernetes-bootcamp', bootcamp],
  ['echoserver', echoServer],
  ['serve_hostname', ({ pod }) => podHostname(pod)],
  ['hpa-example', () => 'OK!'],
]);

/** What programs answer when they are asked how they are, by words of their images' repositories. */
const HEALTH: readonly (readonly [RegExp, RegExp, Program])[] = [
  [/rabbitmq/, /^\/api\/health\/checks\//, () => '{"status":"ok"}'],
  [/consul/, /^\/v1\/status\/leader/, ({ address }) => `"${address}:8300"`],
  [/elastic|opensearch/, /^\/_cluster\/health/, () => '{"status":"green"}'],
  [/grafana/, /^\/api\/health/, () => '{"database":"ok"}'],
];

/** What ZooKeeper answers to its four letters. */
export function fourLetters(port: number, text: string): string | undefined {
  return port === 2181 && text.startsWith('ruok') ? 'imok' : undefined;
}

/** The server of a container by its name and version, as its answers and its error pages tell it; undefined where that is not known. */
export function serverOf({ behaviour }: MachineContainer): string | undefined {
  const { catalogueName: name = '', tag } = behaviour;
  if (/^nginx/.test(name)) return `nginx/${versionOf(name, tag)}`;
  return name === 'httpd' ? `Apache/${versionOf(name, tag)} (Unix)` : undefined;
}

function errorPage({ container, status, method }: BodyQuestion): string {
  const server = serverOf(container);
  if (server?.startsWith('nginx')) return nginxPage(status, server);
  if (server) return apachePage(status, method);
  if (container.behaviour.catalogueName === 'haproxy') return haproxyPage(status);
  return status === 500 && container.behaviour.catalogueName === 'wordpress' ? NO_DATABASE_PAGE : '';
}

/** The body of an answer. */
export function bodyOf(question: BodyQuestion): string {
  const { container, path, status, method } = question;
  const { behaviour, spec } = container;
  const repository = parseImageReference(spec.image ?? '')?.repository ?? '';
  if (status >= 400) return errorPage(question);
  const program = PROGRAMS.get(repository);
  if (program) return program(question);
  const known = HEALTH.find(([images, paths]) => images.test(repository) && paths.test(path))?.[2];
  if (known && behaviour.webRoot === undefined) return known(question);
  const { webRoot } = behaviour;
  if (webRoot === undefined) return '';
  if (method === 'OPTIONS' || method === 'TRACE') return '';
  const plain = (path.split('?')[0] as string).replace(/\/{2,}/g, '/');
  const files = question.filesOf();
  const { file: whole = `${webRoot}${plain}` } = question;
  const place = followed(files, whole.endsWith('/') ? `${whole}index.html` : whole);
  return (Object.hasOwn(files, place) ? files[place] : undefined) ?? '';
}
