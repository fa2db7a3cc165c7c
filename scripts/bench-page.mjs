/** What the measurements of the page share: a page that is watched, and scenarios to play in it. */

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
`;

/** `replicas` Pods reached by `rps` requests a second, without an update. */
export const underLoad = ({ rps, ...others }) =>
  scenario({ ...others, updatesAtS: [] })
    .replace('  actions:\n', `  traffic: [{name: users, target: "http://web.default:80/", rps: ${rps}, from: 10s}]`)
    .replace('---\n', `---\n${SERVICE}`);

/** A rolling update again and again: `replicas` Pods are replaced at each of `updatesAtS`. */
export function scenario({ replicas, nodes, durationS, updatesAtS }) {
  const actions = updatesAtS.map(
    (atS, index) => `  - {at: ${atS}s, kubectl: set image deployment/web app=nginx:1.27.${index + 1}}`,
  );
  return `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: bench}
spec:
  title: Bench ${replicas}
  duration: ${durationS}s
  nodes: [{count: ${nodes}, namePrefix: node-, capacity: {cpu: "64", memory: 256Gi, pods: "250"}}]
  actions:
${actions.join('\n')}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "nginx:1.27.0", ports: [{containerPort: 80}]}]}
`;
}

/** Runs in the page before anything else: counts frames, long tasks and the rows that the worker sends. */
function watchPage() {
  const seen = { frames: [], tasks: [], rows: 0 };
  globalThis.benchSeen = seen;
  const OwnWorker = globalThis.Worker;
  globalThis.Worker = class extends OwnWorker {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener('message', ({ data }) => {
        const delta = data?.answer?.delta ?? data?.answer?.started?.view.delta;
        if (delta?.put) seen.rows += delta.put.length + delta.removed.length;
      });
    }
  };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      seen.tasks.push({ atMs: startTime, ms: Math.round(duration) });
  }).observe({ type: 'longtask' });
  const frame = (nowMs) => {
    seen.frames.push(nowMs);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** A page of its own, watched from the beginning. */
export async function newPage(browser) {
  const page = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
  ).newPage();
  await page.addInitScript(watchPage);
  return page;
}
