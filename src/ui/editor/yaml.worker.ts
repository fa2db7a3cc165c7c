/** Vite bundles workers from files of ours, so this one stands for monaco-yaml's. */
import 'monaco-yaml/yaml.worker';
