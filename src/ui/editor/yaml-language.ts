/** Completion, hover and validation for Kubernetes manifests and the Scenario document. */
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { configureMonacoYaml, type JSONSchema } from 'monaco-yaml';
import schema from './schemas.generated.json';
import YamlWorker from './yaml.worker?worker';

interface OldWorkerOptions {
  readonly moduleId: string;
  readonly label: string;
  readonly createData: unknown;
}

/**
 * monaco-yaml still asks for workers the way Monaco did before 0.56 (by label, with data for the first message); newer
 * ones want the worker itself.
 */
function createWebWorker(options: OldWorkerOptions) {
  const worker = options.label === 'yaml' ? new YamlWorker() : new EditorWorker();
  worker.postMessage('ignore');
  worker.postMessage(options.createData);
  return monaco.editor.createWebWorker({ ...options, worker } as Parameters<typeof monaco.editor.createWebWorker>[0]);
}

/** Once per page: Monaco's own place in the page says whether it was done. */
export function setUpLanguage(): void {
  if (self.MonacoEnvironment) return;
  self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  // As Monaco's own builds do: extensions, consoles and tests reach the text through it.
  Object.assign(globalThis, { monaco });
  const compatible = { ...monaco, editor: { ...monaco.editor, createWebWorker } };
  configureMonacoYaml(compatible as unknown as Parameters<typeof configureMonacoYaml>[0], {
    completion: true,
    hover: true,
    validate: true,
    format: { enable: false },
    yamlVersion: '1.2',
    schemas: [{ uri: 'kubestep://kubernetes.json', fileMatch: ['*'], schema: schema as unknown as JSONSchema }],
  });
}
