/* How a page talks to the Kubestep in its frame: plain messages with `kubestep: 1` and a type. */
const frame = document.querySelector('iframe');
const news = document.getElementById('news');

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: nginx}]}
`;

const REQUESTS = {
  load: { type: 'load', text: DEPLOYMENT },
  play: { type: 'play', speed: 2 },
  pause: { type: 'pause' },
  step: { type: 'step', by: 1 },
  seek: { type: 'seek', timeMs: 10_000 },
  select: { type: 'select', kind: 'Deployment', name: 'web' },
  kubectl: { type: 'kubectl', id: 1, command: 'get pods' },
};

for (const [id, request] of Object.entries(REQUESTS)) {
  document.getElementById(id).addEventListener('click', () => {
    frame.contentWindow.postMessage({ kubestep: 1, ...request }, '*');
  });
}

addEventListener('message', ({ source, data }) => {
  if (source !== frame.contentWindow || data?.kubestep !== 1) return;
  news.textContent = `${JSON.stringify(data)}\n${news.textContent}`.slice(0, 8_000);
});
