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

/** What busybox has not is tried in an image of Alpine with it. */
const imageOf = (command: string): string =>
  /^(?:curl|host|dig|getent) /.test(command) ? 'nicolaka/netshoot' : 'busybox';

const client = (command: string): string => `---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec:
  restartPolicy: Never
  containers: [{name: c, image: ${imageOf(command)}, command: [sh, -c, ${JSON.stringify(`sleep 10; ${command}; echo "code $?"`)}]}]
`;

const NOT_FOUND = 'NXDOMAIN';

test.each([
  ['wget -qO- nginx-service | grep title', '<title>Welcome to nginx!</title>\ncode 0\n'],
  ['wget -qO- nginx-service/none', 'wget: server returned error: HTTP/1.1 404 Not Found\ncode 1\n'],
  ['wget -q -T 2 -O- nginx-service:81', 'wget: download timed out\ncode 1\n'],
  ['wget -qO- empty', "wget: can't connect to remote host (10.96.0.78): Connection refused\ncode 1\n"],
  ['wget -qO- nowhere', "wget: bad address 'nowhere'\ncode 1\n"],
  ['wget -qO- localhost', "wget: can't connect to remote host (127.0.0.1): Connection refused\ncode 1\n"],
  ['curl -s -o /dev/null -w "%{http_code}" http://nginx-service/', '200code 0\n'],
  ['curl -sS http://nowhere', 'curl: (6) Could not resolve host: nowhere\ncode 6\n'],
  [
    'curl -sS http://empty',
    'curl: (7) Failed to connect to empty port 80 after 1 ms: Could not connect to server\ncode 7\n',
  ],
  ['curl -sS -m 1 http://nginx-service:81', 'curl: (28) Connection timed out after 1000 milliseconds\ncode 28\n'],
  ['nc -zv nginx-service 80', 'nginx-service (10.96.0.77:80) open\ncode 0\n'],
  [
    'nslookup nginx-service',
    /^Server:\t\t10\.96\.0\.10\n.*\n\nName:\tnginx-service\.default\.svc\.cluster\.local\nAddress: 10\.96\.0\.77\n\ncode 0\n$/,
  ],
  [
    'nslookup headless-service',
    /(?:Name:\theadless-service\.default\.svc\.cluster\.local\nAddress: 10\.244\.\d\.\d\n){2}\ncode 0\n$/,
  ],
  ['nslookup nowhere', new RegExp(`can't find nowhere: ${NOT_FOUND}\n\ncode 1\n$`)],
  ['nslookup 10.96.0.77', /^77\.0\.96\.10\.in-addr\.arpa\tname = nginx-service\.default\.svc\.cluster\.local$/m],
  ['nslookup elsewhere', /^elsewhere\.default\.svc\.cluster\.local\tcanonical name = db\.example\.com$/m],
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
