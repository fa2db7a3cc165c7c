/** What is mounted on what the image has, where one of the two is a file, and parts of volumes that are not there. */
import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import type { Pod } from '../api/types';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: {index.html: "x\\n", a: "1"}\n';

function podWith(mounts: string, volume: string, image = 'nginx') {
  const { run, world } = createTerminal();
  run('apply -f -', CONFIG);
  run(
    'apply -f -',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: "${image}", volumeMounts: [${mounts}]}]\n  volumes: [{name: v, ${volume}}]\n`,
  );
  world.runFor(15_000);
  const pod = world.get<Pod>('Pod', 'default', 'p') as Pod;
  return { pod, status: pod.status.containerStatuses?.[0], run };
}

const INIT =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';
const MAP = 'configMap: {name: cm}';

it.each([
  ['{name: v, mountPath: /etc/nginx/nginx.conf}', MAP, 'volumes/kubernetes.io~configmap/v', 'MS_RDONLY|'],
  ['{name: v, mountPath: /etc/passwd}', 'emptyDir: {}', 'volumes/kubernetes.io~empty-dir/v', ''],
  ['{name: v, mountPath: /etc/group, subPath: d}', 'emptyDir: {}', 'volume-subpaths/v/c/0', ''],
  ['{name: v, mountPath: /usr/share/nginx/html, subPath: index.html}', MAP, 'volume-subpaths/v/c/0', 'MS_RDONLY|'],
  ['{name: v, mountPath: /etc/nginx/nginx.conf, subPath: typo}', MAP, 'volume-subpaths/v/c/0', 'MS_RDONLY|'],
  ['{name: v, mountPath: /tmp}', 'hostPath: {path: /var/log/one.log, type: FileOrCreate}', '', ''],
])('%s of %s is refused', (mount, volume, place, access) => {
  const { pod, status, run } = podWith(mount, volume);
  const [, path] = /mountPath: ([^,}]+)/.exec(mount) ?? [];
  const source = place === '' ? '/var/log/one.log' : `/var/lib/kubelet/pods/${pod.metadata.uid}/${place}`;
  const message = `${INIT}error mounting "${source}" to rootfs at "${path}": mount src=${source}, dst=${path}, dstFd=/proc/thread-self/fd/11, flags=${access}MS_BIND|MS_REC: not a directory: unknown`;
  expect(status?.lastState).toMatchObject({ terminated: { exitCode: 128, reason: 'StartError', message } });
  expect(run('get pod p').stdout).toMatch(/RunContainerError|CrashLoopBackOff/);
  expect(run('get events').stdout).toContain(`Error: ${message}`);
});

it.each([
  ['{name: v, mountPath: /usr/share/nginx/html/index.html, subPath: index.html}', MAP],
  ['{name: v, mountPath: /usr/share/nginx/html/}', MAP],
  ['{name: v, mountPath: /etc/nginx/conf.d}', 'emptyDir: {}'],
  ['{name: v, mountPath: /etc/hosts}', 'hostPath: {path: /etc/hosts, type: File}'],
  ['{name: v, mountPath: /new/place, subPath: a}', MAP],
])('%s of %s is mounted', (mount, volume) => {
  expect(podWith(mount, volume).status).toMatchObject({ ready: true, restartCount: 0 });
});

it('what a filled volume has not is an empty directory, which hides what the image has', () => {
  const mounts = '{name: v, mountPath: /x, subPath: typo}, {name: v, mountPath: /usr/share/nginx/html/, subPath: none}';
  const { run } = podWith(mounts, MAP);
  expect(run('exec p -- sh -c "ls -ld /x; ls /x /usr/share/nginx/html"').stdout).toMatch(
    /^d\S+ .* \/x\n\/usr\/share\/nginx\/html:\n\n\/x:\n$/,
  );
  expect(run('exec p -- sh -c "echo a > /x/f"').stderr).toContain('Read-only file system');
});
