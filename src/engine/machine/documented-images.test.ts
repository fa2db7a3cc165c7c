import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

/** A Deployment without ports, as the documentation makes them, and what a Pod that asks its Service is answered. */
function answerOf(image: string, port: number, path = '', command = ''): string {
  const { world, run } = createTerminal();
  run(`create deployment web --image=${image} ${command}`);
  run(`expose deployment web --port=80 --target-port=${port}`);
  run('run client --image=busybox:1.28 --restart=Never -- sleep 3600');
  world.runUntil(10_000);
  const [, pod = ''] = run('get pods -l app=web -o name').stdout.trim().split('/');
  const { stdout } = run(`exec client -- wget -qO- http://web${path}`);
  return stdout.replaceAll(pod, 'POD');
}

test.each([
  ['gcr.io/google-samples/kubernetes-bootcamp:v1', 8080, 'Hello Kubernetes bootcamp! | Running on: POD | v=1\n'],
  ['docker.io/jocatalin/kubernetes-bootcamp:v2', 8080, 'Hello Kubernetes bootcamp! | Running on: POD | v=2\n'],
  ['gcr.io/google-samples/hello-app:1.0', 8080, 'Hello, world!\nVersion: 1.0.0\nHostname: POD\n'],
  ['gcr.io/google-samples/node-hello:1.0', 8080, 'Hello Kubernetes!'],
  ['gcr.io/google-samples/hello-frontend:1.0', 80, '{"message":"Hello"}\n'],
  ['registry.k8s.io/serve_hostname', 9376, 'POD'],
  ['registry.k8s.io/echoserver:1.10', 8080, /\nHostname: POD\n[\s\S]*\tclient_address=10\.244\.\d\.\d\n/],
  ['registry.k8s.io/nginx-slim:0.21', 80, /Welcome to nginx!/],
  ['bprashanth/nginxhttps:1.0', 80, /Welcome to nginx!/],
  ['mirror.gcr.io/library/nginx', 80, /Welcome to nginx!/],
  ['public.ecr.aws/docker/library/httpd:2', 80, /It works!/],
])('%s answers at %i', (image, port, answer) => {
  if (typeof answer === 'string') expect(answerOf(image, port)).toBe(answer);
  else expect(answerOf(image, port)).toMatch(answer);
});

test.each([
  ['', /^NOW: 2026-01-01 00:00:\d\d \+0000 UTC$/],
  ['/hostName', /^POD$/],
  ['/clientip', /^10\.244\.\d\.\d:\d{5}$/],
  ['/echo?msg=a+b', /^a b$/],
  ['/readyz', /^ok$/],
])('agnhost netexec answers %j', (path, answer) => {
  const netexec = '-- /agnhost netexec --http-port=8080';
  expect(answerOf('registry.k8s.io/e2e-test-images/agnhost:2.53', 8080, path, netexec)).toMatch(answer);
});

test('they print when they start, and the tutorial asks for one that is not there', () => {
  const { world, run } = createTerminal();
  run('create deployment boot --image=gcr.io/google-samples/kubernetes-bootcamp:v1');
  run(
    'create deployment hello --image=registry.k8s.io/e2e-test-images/agnhost:2.53 -- /agnhost netexec --http-port=8080',
  );
  world.runUntil(5_000);
  expect(run('logs deploy/boot').stdout).toMatch(
    /^Kubernetes Bootcamp App Started At: 2026-01-01T00:00:0\d\.\d{3}Z \| Running On: {2}boot-/,
  );
  expect(run('logs deploy/hello').stdout).toMatch(
    /^I0101 00:00:0\d\.\d{6} {7}1 log\.go:195\] Started HTTP server on port 8080\nI0101 .* Started UDP server on port {2}8081\n$/,
  );
  run('set image deployment/boot kubernetes-bootcamp=gcr.io/google-samples/kubernetes-bootcamp:v10');
  world.runUntil(10_000);
  expect(run('get pods -l app=boot').stdout).toMatch(/(ErrImagePull|ImagePullBackOff)/);
});

test("agnhost has BIND's nslookup, which goes along the search path", () => {
  const { world, run } = createTerminal();
  run('run dnsutils --image=registry.k8s.io/e2e-test-images/agnhost:2.39');
  world.runUntil(5_000);
  expect(run('exec dnsutils -- nslookup kubernetes.default')).toMatchObject({
    stdout:
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\tkubernetes.default.svc.cluster.local\nAddress: 10.96.0.1\n\n',
    code: 0,
  });
});

test.each([
  ['nginx:1.25.3', '1.25.3'],
  ['registry.k8s.io/nginx-slim:0.21', '1.29.3'],
  ['bprashanth/nginxhttps:1.0', '1.29.3'],
])('%s is nginx %s', (image, version) => {
  const { world, run } = createTerminal();
  run(`run web --image=${image}`);
  world.runUntil(5_000);
  expect(run('exec web -- nginx -v').stderr).toBe(`nginx version: nginx/${version}\n`);
});
