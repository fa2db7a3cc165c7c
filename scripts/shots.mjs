/**
 * `npm run shots`: pictures of the built page for whoever reviews it, every scene × size × theme × language, with a page of all of them
 * (dist/shots/index.html). `--only REGEX` takes those whose name matches (`nodes-390x844-dark-zh`), `--out DIR` writes elsewhere,
 * `--page DIR` looks at another build.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.mjs';
import { optionsOf } from './options.mjs';
import { BUILT, linkOf, needBuilt, servePage } from './serve-page.mjs';

const options = optionsOf({
  only: { type: 'string', default: '' },
  out: { type: 'string', default: fileURLToPath(new URL('../dist/shots/', import.meta.url)) },
  page: { type: 'string', default: BUILT },
});
needBuilt(options.page);

const SIZES = ['1440x900', '1920x1080', '1024x768', '844x390', '390x844'];
const THEMES = ['light', 'dark'];
const LANGUAGES = ['en', 'zh'];

const gallery = (name) => readFileSync(new URL(`../src/scenario/gallery/${name}.yaml`, import.meta.url), 'utf8');
const lesson = (name) => readFileSync(new URL(`../src/lessons/${name}.yaml`, import.meta.url), 'utf8');

/** Many small workloads in many namespaces. */
function village(count) {
  const namespaces = ['shop', 'mail', 'search', 'billing', 'media'];
  const documents = namespaces.map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`);
  for (let index = 0; index < count; index++) {
    const name = `app-${index}`;
    documents.push(`apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespaces[index % namespaces.length]}, labels: {app.kubernetes.io/part-of: team-${index % 7}}}
spec:
  replicas: ${1 + (index % 5)}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: app, image: nginx, resources: {requests: {cpu: 50m, memory: 64Mi}}}]}
`);
  }
  return documents.join('---\n');
}

/** One workload that no card can show whole. */
const crowd = (replicas) => `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: crowd}
spec:
  title: ${replicas} Pods
  nodes: [{count: 20, namePrefix: node-, capacity: {cpu: "64", memory: 256Gi, pods: "500"}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx}]}
`;

/** Nodes in two zones, one with a taint, under a load that is measured. */
const zones = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: zones}
spec:
  title: Two zones
  nodes:
  - {name: a-1, labels: {topology.kubernetes.io/zone: zone-a}, capacity: {cpu: "2", memory: 4Gi, pods: "20"}}
  - {name: a-2, labels: {topology.kubernetes.io/zone: zone-a}, capacity: {cpu: "2", memory: 4Gi, pods: "20"}}
  - {name: b-1, labels: {topology.kubernetes.io/zone: zone-b}, capacity: {cpu: "4", memory: 8Gi, pods: "20"}, taints: [{key: gpu, value: "true", effect: NoSchedule}]}
  - {name: b-2, labels: {topology.kubernetes.io/zone: zone-b}, capacity: {cpu: "2", memory: 4Gi, pods: "20"}}
  programs:
  - {image: "shop:*", cpu: {idle: 350m}, memory: {base: 400Mi}}
  actions:
  - {at: 10s, fault: {type: memory-pressure, node: a-2}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 7
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: app, image: "shop:1", resources: {requests: {cpu: 400m, memory: 512Mi}}}]}
`;

const press = (key) => (page) => page.keyboard.press(key);

/** The first object of a kind, chosen; on a telephone the inspector comes to the front by itself. */
const choose =
  (kind, tab = '') =>
  async (page) => {
    await page.locator(`.graph-panel button[aria-label^="${kind} "]`).first().click({ force: true });
    if (tab) await page.locator(`.inspector [role=tab]`).nth(tab).click();
  };

/** The table or the tree below the drawing. */
const below = (place) => (page) => page.locator('.graph-tools > .icon-button[aria-pressed]').nth(place).click();

async function openMenu(page, list) {
  await page.locator('.scenario-open').click();
  await page.locator('.scenario-list [role=tab]').nth(list).click();
}

/** What is looked at: a text, a moment, a view, and what is done before the picture is taken. */
const SCENES = {
  first: {},
  workloads: { text: gallery('first-light'), at: '22s' },
  'why-pod': { text: gallery('first-light'), at: '22s', act: choose('Pod') },
  'yaml-pod': { text: gallery('first-light'), at: '22s', act: choose('Pod', 3) },
  stateful: { text: gallery('names-that-stay'), at: '40s' },
  village: { text: village(50), at: '30s' },
  crowd: { text: crowd(1200), at: '20s' },
  nodes: { text: gallery('where-pods-go'), at: '10s', view: 'nodes' },
  'nodes-failing': { text: gallery('node-failure'), at: '75s', view: 'nodes' },
  'nodes-zones': { text: zones, at: '15s', view: 'nodes' },
  'nodes-village': { text: village(50), at: '30s', view: 'nodes' },
  traffic: { text: gallery('what-an-ingress-answers'), at: '24s', view: 'traffic' },
  storage: { text: gallery('smallest-volume'), at: '10s', view: 'storage' },
  step: { text: gallery('first-light'), at: '54' },
  'step-pod': { text: gallery('first-light'), at: '77', act: choose('Pod', 3) },
  'control-plane': { text: gallery('first-light'), at: '20050ms', view: 'control-plane' },
  'control-plane-waiting': { text: gallery('crash-loop'), at: '60s', view: 'control-plane' },
  table: { text: gallery('first-light'), at: '22s', act: below(0) },
  tree: { text: gallery('first-light'), at: '22s', act: below(1) },
  share: { text: gallery('first-light'), at: '22s', act: (page) => page.locator('.header-actions .primary').click() },
  'why-not': { text: gallery('where-pods-go'), at: '10s', act: choose('Pod') },
  menu: {
    text: gallery('where-pods-go'),
    at: '10s',
    view: 'nodes',
    act: (page) => page.locator('.node-card').first().click({ button: 'right' }),
  },
  'add-node': {
    text: gallery('where-pods-go'),
    at: '10s',
    view: 'nodes',
    act: (page) => page.locator('.add-node').click(),
  },
  compare: {
    text: gallery('first-light'),
    at: '10s',
    act: async (page) => {
      await page.locator('#kubectl').fill('scale deployment web --replicas=5');
      await page.keyboard.press('Enter');
      await page.locator('.tool-compare:enabled').click();
    },
  },
  'tour-1': { act: (page) => page.locator('.tour-offer .button').first().click() },
  'tour-3': {
    act: async (page) => {
      await page.locator('.tour-offer .button').first().click();
      for (let stop = 0; stop < 2; stop += 1) await page.locator('.tour-card .primary').click();
    },
  },
  gallery: { text: gallery('first-light'), at: '22s', act: (page) => openMenu(page, 0) },
  lessons: { text: gallery('first-light'), at: '22s', act: (page) => openMenu(page, 1) },
  palette: { text: gallery('first-light'), at: '22s', act: press('Control+k') },
  keys: { text: gallery('first-light'), at: '22s', act: press('?') },
  lesson: { text: lesson('rollouts/pace-of-a-rollout'), at: '0s' },
  refused: { text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: UPPER}\nspec: {containers: []}\n', at: '0s' },
};

async function take(browser, server, { scene, size, theme, language, file }) {
  const [width, height] = size.split('x').map(Number);
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    // It would fetch everything once more for every picture.
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const said = [];
  page.on('pageerror', ({ message }) => said.push(message));
  const { text, at, view, act } = SCENES[scene];
  const parts = [text && linkOf(text).slice(1), at && `t=${at}`, view && `view=${view}`, `lang=${language}`];
  await page.goto(`${server.address}#${parts.filter(Boolean).join('&')}`);
  await page.waitForFunction(() => document.querySelector('section.timeline')?.getAttribute('aria-busy') === 'false');
  await page.waitForFunction(() =>
    document.querySelector('.monaco-editor .view-line, .embed, .editor-plain:not([hidden])'),
  );
  if (act) {
    if (width < 600) await page.locator('.phone-tabs [role=tab]').nth(-2).click();
    await act(page);
  }
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  await page.screenshot({ path: join(options.out, file) });
  await context.close();
  for (const message of said) console.error(`${file}: ${message}`);
}

const wanted = new RegExp(options.only);
const shots = Object.keys(SCENES)
  .flatMap((scene) =>
    SIZES.flatMap((size) => THEMES.flatMap((theme) => LANGUAGES.map((language) => ({ scene, size, theme, language })))),
  )
  .map((shot) => ({ ...shot, file: `${shot.scene}-${shot.size}-${shot.theme}-${shot.language}.png` }))
  .filter(({ file }) => wanted.test(file.replace(/\.png$/, '')));

mkdirSync(options.out, { recursive: true });
const server = await servePage(options.page);
const browser = await launchBrowser();
let failed = 0;
for (const shot of shots) {
  try {
    await take(browser, server, shot);
  } catch (error) {
    failed += 1;
    console.error(`${shot.file}: ${error.message.split('\n')[0]}`);
  }
}
await browser.close();
server.close();
const figures = shots.map(
  ({ file }) =>
    `<figure><img src="${file}" loading="lazy"><figcaption>${file.replace(/\.png$/, '')}</figcaption></figure>`,
);
writeFileSync(
  join(options.out, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Kubestep, every view</title><style>
body{font:14px system-ui;display:flex;flex-wrap:wrap;gap:24px;background:#888}figure{margin:0}img{max-width:680px;max-height:680px}
</style>${figures.join('')}`,
);
console.log(`${shots.length - failed} pictures in ${options.out}`);
process.exit(failed > 0 ? 1 : 0);
