/** Programs in containers over the network, as their logs tell. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const SERVERS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: nginx-service}
spec: {clusterIP: 10.96.0.77, selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: headless-service}
spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: empty}
spec: {clusterIP: 10.96.0.78, selector: {app: none}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: elsewhere}
spec: {type: ExternalName, externalName: db.example.com}
`;

/** What busybox has not is tried in an image of Alpine with it; a command may begin with its image. */
const imageOf = (command: string): string =>
  /^(?:curl|host|dig|getent) /.test(command) ? 'nicolaka/netshoot' : 'busybox';

const client = (line: string): string => {
  const [, image = imageOf(line), command = line] = /^(\S*[:/]\S+) (.+)$/.exec(line) ?? [];
  return `---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec:
  restartPolicy: Never
  containers: [{name: c, image: ${image}, command: [sh, -c, ${JSON.stringify(`sleep 10; ${command}; echo "code $?"`)}]}]
`;
};

const WHOLE = 'nginx-service.default.svc.cluster.local';
const SEARCHED = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];
const SERVER = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';
const OLD = 'Server:    10.96.0.10\nAddress 1: 10.96.0.10\n\n';
const A_RECORD = `Name:\t${WHOLE}\nAddress: 10.96.0.77\n`;
const missing = (name: string): string => `** server can't find ${name}: NXDOMAIN\n\n`;
const MISSES = SEARCHED.slice(1)
  .map((one) => missing(`nginx-service.${one}`))
  .join('');

const FORBIDDEN = '  "message": "forbidden: User \\"system:anonymous\\" cannot get path \\"/x\\"",\ncode 0\n';

test.each([
  ['wget -qO- nginx-service | grep title', '<title>Welcome to nginx!</title>\ncode 0\n'],
  [
    'echo hi | nc nginx-service 80 | sed "/^Date/d" | head -6',
    'HTTP/1.1 400 Bad Request\r\nServer: nginx/1.29.3\r\nContent-Type: text/html\r\nContent-Length: 157\r\nConnection: close\r\n\r\ncode 0\n',
  ],
  [
    'printf "GET /none HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n" | nc nginx-service 80 | grep -e HTTP -e Connection -e h1',
    'HTTP/1.1 404 Not Found\r\nConnection: keep-alive\r\n<center><h1>404 Not Found</h1></center>\r\ncode 0\n',
  ],
  ['printf "HEAD / HTTP/1.0\\r\\n\\r\\n" | nc nginx-service 80 | tail -2', 'Connection: close\r\n\r\ncode 0\n'],
  ['echo hi | nc -w 1 empty 80', "nc: can't connect to remote host (10.96.0.78): Connection refused\ncode 1\n"],
  [
    'nicolaka/netshoot nc -zv nginx-service 80',
    'Connection to nginx-service (10.96.0.77) 80 port [tcp/http] succeeded!\ncode 0\n',
  ],
  [
    'nicolaka/netshoot nc -zvw2 empty 81',
    'nc: connect to empty (10.96.0.78) port 81 (tcp) timed out: Operation now in progress\ncode 1\n',
  ],
  [
    'nicolaka/netshoot nc -zvw1 10.96.0.78 80',
    'nc: connect to 10.96.0.78 port 80 (tcp) failed: Connection refused\ncode 1\n',
  ],
  ['wget --quiet --output-document=- nginx-service | grep title', '<title>Welcome to nginx!</title>\ncode 0\n'],
  ["wget --server-response -O /dev/null nginx-service 2>&1 | awk '/^  HTTP/{print $2}'", '200\ncode 0\n'],
  ['wget --quiet --time 2 -O- nginx-service:81', 'wget: download timed out\ncode 1\n'],
  ['wget -qO- nginx-service/none', 'wget: server returned error: HTTP/1.1 404 Not Found\ncode 1\n'],
  ['wget -q -T 2 -O- nginx-service:81', 'wget: download timed out\ncode 1\n'],
  ['wget -qO- empty', "wget: can't connect to remote host (10.96.0.78): Connection refused\ncode 1\n"],
  ['wget -qO- nowhere', "wget: bad address 'nowhere'\ncode 1\n"],
  ['wget -qO- localhost', "wget: can't connect to remote host (127.0.0.1): Connection refused\ncode 1\n"],
  ['curl -s -o /dev/null -w "%{http_code}" http://nginx-service/', '200code 0\n'],
  ['curl -s -o /dev/null -w "%{http_code}" http://nginx-service/nodir/', '404code 0\n'],
  ['curl -s http://nginx-service/none | grep -c "<center>nginx/1.29.3</center>"', '1\ncode 0\n'],
  [
    'curl -sI http://nginx-service/none | tr -d "\\r"',
    'HTTP/1.1 404 Not Found\nServer: nginx/1.29.3\nDate: Thu, 01 Jan 2026 00:00:12 GMT\nContent-Type: text/html\nContent-Length: 153\nConnection: keep-alive\n\ncode 0\n',
  ],
  ['curl -sk https://kubernetes/x | grep message', FORBIDDEN],
  ['cd /tmp; wget -q nginx-service; wget -q nginx-service', "wget: can't open 'index.html': File exists\ncode 1\n"],
  ['curl -s -o /dev/null -w "%{remote_ip} %{redirect_url}" http://nginx-service/', '10.96.0.77 code 0\n'],
  ['curl -so /dev/null -w "%{http_code} " --resolve nowhere:80:10.96.0.77 http://nowhere/', '200 code 0\n'],
  ['curl -sS --resolve nowhere:81:10.96.0.77 http://nowhere/', 'curl: (6) Could not resolve host: nowhere\ncode 6\n'],
  ['curl -sS http://nowhere', 'curl: (6) Could not resolve host: nowhere\ncode 6\n'],
  [
    'curl -sS http://empty',
    'curl: (7) Failed to connect to empty port 80 after 1 ms: Could not connect to server\ncode 7\n',
  ],
  ['curl -sS -m 1 http://nginx-service:81', 'curl: (28) Connection timed out after 1000 milliseconds\ncode 28\n'],
  ['nc -zv nginx-service 80', 'nginx-service (10.96.0.77:80) open\ncode 0\n'],
  ['nslookup nginx-service', `${SERVER}${A_RECORD}\n${MISSES}\n${MISSES}code 1\n`],
  ['nslookup nginx-service.default.svc.cluster.local', `${SERVER}${A_RECORD}\n\ncode 0\n`],
  ['nslookup nginx-service.default', `${SERVER}${missing('nginx-service.default').repeat(2)}code 1\n`],
  ['nslookup -type=a nginx-service.default.svc.cluster.local.', `${SERVER}${A_RECORD}\ncode 0\n`],
  ['nslookup -type=zz a', 'nslookup: invalid query type "zz"\ncode 1\n'],
  [
    'nslookup -type=a headless-service.default.svc.cluster.local',
    /(?:Name:\theadless-service\.default\.svc\.cluster\.local\nAddress: 10\.244\.\d\.\d\n){2}\ncode 0\n$/,
  ],
  ['nslookup -type=a nowhere', `${SERVER}${SEARCHED.map((one) => missing(`nowhere.${one}`)).join('')}code 1\n`],
  ['nslookup 10.96.0.77', /^77\.0\.96\.10\.in-addr\.arpa\tname = nginx-service\.default\.svc\.cluster\.local$/m],
  ['nslookup elsewhere', /^elsewhere\.default\.svc\.cluster\.local\tcanonical name = db\.example\.com$/m],
  ['busybox:1.28 nslookup nginx-service', `${OLD}Name:      nginx-service\nAddress 1: 10.96.0.77 ${WHOLE}\ncode 0\n`],
  [
    'gcr.io/google-containers/busybox nslookup nginx-service',
    `${OLD}Name:      nginx-service\nAddress 1: 10.96.0.77 ${WHOLE}\ncode 0\n`,
  ],
  ['registry.k8s.io/busybox nslookup nowhere 2>/dev/null', `${OLD}code 1\n`],
  ['radial/busyboxplus:curl curl -so /dev/null -w "%{http_code} " http://nginx-service/', '200 code 0\n'],
  ['radial/busyboxplus:curl nslookup nowhere 2>/dev/null', `${OLD}code 1\n`],
  ['busybox:1.28 nslookup nowhere 2>/dev/null', `${OLD}code 1\n`],
  ['nicolaka/dnsutils nslookup nginx-service', `${SERVER.replace(':53', '#53')}${A_RECORD}\ncode 0\n`],
  ['nicolaka/dnsutils nslookup nowhere', `${SERVER.replace(':53', '#53')}${missing('nowhere')}code 1\n`],
  ['host nginx-service', 'nginx-service.default.svc.cluster.local has address 10.96.0.77\ncode 0\n'],
  ['dig +short nginx-service.default.svc.cluster.local', '10.96.0.77\ncode 0\n'],
  ['getent hosts nginx-service', '10.96.0.77      nginx-service.default.svc.cluster.local\ncode 0\n'],
  ['ping -c 1 nginx-service', /1 packets transmitted, 0 packets received, 100% packet loss\ncode 1\n$/],
])('%s', (command, output) => {
  const { world, run } = createTerminal({ documents: SERVERS + client(command) });
  world.runUntil(60_000);
  const { stdout } = run('logs client');
  if (typeof output === 'string') expect(stdout).toBe(output);
  else expect(stdout).toMatch(output);
});

test.each([
  ['grafana/grafana:11.1.0', '/api/health', '{"database":"ok"}'],
  ['docker.elastic.co/elasticsearch/elasticsearch:8.14.0', '/_cluster/health?local=true', '{"status":"green"}'],
  ['bitnami/rabbitmq:3.13', '/api/health/checks/local-alarms', '{"status":"ok"}'],
  ['acme/shop:1', '/api/health', ''],
  ['acme/shop:1', '/_cluster/health', ''],
])('%s says how it is at %s: %s', (image, path, body) => {
  const server = `apiVersion: v1
kind: Pod
metadata: {name: server, labels: {app: web}}
spec: {containers: [{name: app, image: "${image}", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: server}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
  const { world, run } = createTerminal({ documents: server + client(`wget -qO- server${path}`) });
  world.runUntil(60_000);
  expect(run('logs client').stdout).toBe(`${body}code 0\n`);
});

test('a server that is asked over localhost writes that address into its log', () => {
  const documents = `apiVersion: v1
kind: Pod
metadata: {name: pair}
spec:
  containers:
  - {name: web, image: nginx}
  - {name: client, image: busybox, command: [sh, -c, "sleep 10; wget -qO- localhost; wget -qO- 127.0.0.1; sleep 999"]}
`;
  const { world, run } = createTerminal({ documents });
  world.runUntil(30_000);
  const asked = run('logs pair -c web')
    .stdout.split('\n')
    .filter((line) => line.includes('GET'));
  expect(asked.map((line) => line.split(' ')[0])).toEqual(['127.0.0.1', '127.0.0.1']);
});

test.each([
  ['busybox', 'mkdir /www; echo page > /www/index.html; httpd -f -p 8080 -h /www'],
  ['python:3.12-slim', 'mkdir /www; cd /www; echo page > index.html; exec python3 -m http.server 8080'],
])('a program of %s that serves files serves those that are there, whatever ports are declared', (image, text) => {
  const documents = `apiVersion: v1
kind: Pod
metadata: {name: pair}
spec:
  containers:
  - {name: files, image: "${image}", command: [sh, -c, ${JSON.stringify(text)}]}
  - name: client
    image: busybox
    command: [sh, -c, "sleep 10; for path in '' nope; do wget -qO- localhost:8080/$path; done; sleep 999"]
`;
  const { world, run } = createTerminal({ documents });
  world.runUntil(30_000);
  expect(run('logs pair -c client').stdout).toBe('page\nwget: server returned error: HTTP/1.1 404 Not Found\n');
});
