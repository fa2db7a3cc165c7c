/** Completion, hover and validation for Kubernetes manifests and the Scenario document. */
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { configureMonacoYaml, type JSONSchema, type MonacoYaml, type SchemasSettings } from 'monaco-yaml';
import { create } from 'zustand';
import type { Language } from '../../i18n/language';
import { lateTranslator, spokenLanguage } from '../../i18n/translate';
import { headingAt } from '../../scenario/field-at';
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

/** The schemas with what they say of fields in the language that is spoken. */
async function schemaInWords(): Promise<JSONSchema> {
  const words = await lateTranslator('loadFields');
  const spoken = (key: string, value: unknown) =>
    key === 'description' && typeof value === 'string' ? words(value) : value;
  return JSON.parse(JSON.stringify(schema), spoken) as JSONSchema;
}

/** What Monaco was given for YAML; it takes that once per page, and other words for it whenever the language is another. */
const useYaml = create<{ readonly yaml?: MonacoYaml; readonly language?: Language }>(() => ({}));

/** Before an editor is put up. */
export async function setUpLanguage(): Promise<void> {
  const language = spokenLanguage();
  if (useYaml.getState().language === language) return;
  const english = schema as unknown as JSONSchema;
  const spoken = language === 'en' ? english : await schemaInWords();
  const schemas = [{ uri: 'kubestep://kubernetes.json', fileMatch: ['*'], schema: spoken }];
  const { yaml } = useYaml.getState();
  useYaml.setState({ language });
  if (yaml) await yaml.update({ ...yaml.getOptions(), schemas });
  else useYaml.setState({ yaml: registerYaml(schemas) });
}

/** The heading of what is said of a field is its own: the schema is one for all documents. */
function headed(provider: monaco.languages.HoverProvider): monaco.languages.HoverProvider {
  return {
    provideHover: async (model, position, ...rest) => {
      const hover = await provider.provideHover(model, position, ...rest);
      const said = hover?.contents.filter(({ value }) => value !== '') ?? [];
      if (!hover || said.length === 0) return undefined;
      const value = headingAt(model.getLinesContent(), position.lineNumber, position.column);
      return { ...hover, contents: [{ value }, ...said] };
    },
  };
}

function registerYaml(schemas: SchemasSettings[]): MonacoYaml {
  self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  // As Monaco's own builds do: extensions, consoles and tests reach the text through it.
  Object.assign(globalThis, { monaco });
  const languages: Partial<typeof monaco.languages> = {
    ...monaco.languages,
    registerHoverProvider: (selector, provider) => monaco.languages.registerHoverProvider(selector, headed(provider)),
  };
  const compatible = { ...monaco, languages, editor: { ...monaco.editor, createWebWorker } };
  return configureMonacoYaml(compatible as unknown as Parameters<typeof configureMonacoYaml>[0], {
    completion: true,
    hover: true,
    // It is ours, and has no address.
    hoverSchemaSource: false,
    validate: true,
    format: { enable: false },
    yamlVersion: '1.2',
    schemas,
  });
}
