/**
 * What a kubectl command is here, and how the views plug in. A command is a function of a parsed command line and the API server's
 * verbs; one that waits returns where it stands as plain data and is called again later, so a running command
 * survives a checkpoint. Follows staging/src/k8s.io/kubectl/pkg/cmd (one command, one package).
 *
 * Plugged in, each in its own folder: `printTable` (printers/registry.ts), `describe` (describe/registry.ts), `renderOutput`
 * (output/output.ts), `findJsonPath` (output/jsonpath.ts), `podTemplateLines` (describe/pod-template.ts); the types below are their
 * contracts.
 */
import type { KindDefinition } from '../engine/api/kinds/definition';
import type { KubeObject } from '../engine/api/meta';
import type { Passage } from '../engine/api/request';
import type { Client } from '../engine/client/client';
import type { ReadDocumentation } from './explain/documentation';
import type { Files } from './files';
import type { ParsedFlags } from './flags';
import type { FindCommand } from './lookup';

/** The reading half of {@link Client}: what describe gets. */
export type Reader = Pick<Client, 'get' | 'find' | 'list'>;

/** The clock as a command sees it. */
export interface Clock {
  /** Virtual ms since the start. */
  readonly nowMs: number;
  /** metav1.Time now: RFC 3339, whole seconds. */
  readonly now: string;
  /** The virtual ms of a stored timestamp. */
  timeOf(timestamp: string): number;
}

/** What a command may touch. */
export interface CommandIo extends Clock {
  readonly client: Client;
  /** Finds the commands of a pipeline. */
  readonly find: FindCommand;
  /** What is known of the fields of built-in kinds. */
  readonly documentation: ReadDocumentation;
  readonly files: Files;
  readonly kubeconfig: Kubeconfig;
  /** The number of the step that the call becomes, if it becomes one. */
  readonly step: number;
  /** Changes of what the process watches since its last call, oldest first. */
  readonly seen?: readonly SeenChange[];
}

/** What of a person's kubeconfig can be changed. */
export interface Kubeconfig {
  /** The namespace of the current context; '' when it names none. */
  readonly namespace: string;
  setNamespace(namespace: string): void;
}

/** A change that a watching command hears of; without a value the object was deleted, without a previous one it is new. */
export interface SeenChange {
  readonly revision: number;
  readonly value?: KubeObject;
  readonly previous?: KubeObject;
}

/** What a waiting command wants every change of: one object, or without a name all of a kind, perhaps in one namespace. */
export interface WatchedObject {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** Plain data a waiting command keeps between calls. */
export type Progress = Readonly<Record<string, unknown>>;

/** A command line that runs or has run. Plain data; never changed, only replaced. */
export interface Process {
  readonly id: string;
  /** The text as typed, or for documents the command that would apply them (`apply -f web.yaml`). */
  readonly command: string;
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** Manifests that stand for the file or stdin that `-f` names. */
  readonly documents?: readonly KubeObject[];
  /** Who runs it, unless `--as` says otherwise; default: the administrator. */
  readonly as?: string;
  /** The groups of that user. */
  readonly groups?: readonly string[];
  /** What messages call the file; default STDIN. */
  readonly source?: string;
  readonly startedMs: number;
  /** How its requests went so far. */
  readonly requests?: readonly Passage[];
  readonly progress?: Progress;
  readonly stdout: string;
  readonly stderr: string;
  /** Left out where filters or files take what it prints. */
  readonly printed?: readonly PrintedMark[];
  /** Set while it waits: when to advance it again, and whose changes wake it before. */
  readonly wakeMs?: number;
  readonly watch?: WatchedObject;
  /** It only follows what happens, and has no end of its own. */
  readonly follows?: true;
  /** Whoever wakes it has something for it. */
  readonly isWoken?: true;
  /** When `timeout` in front of it ends it. */
  readonly limitMs?: number;
  /** When whoever ran it looks no longer: a command that follows ends then. */
  readonly untilMs?: number;
  /** How many commands after a `|` are done. */
  readonly piped?: number;
  /** Set when it has ended. */
  readonly code?: number;
  /** What it could not edit here. */
  readonly edits?: readonly EditedName[];
}

/** How much a command had printed at a moment: marks in a row tell when, and in which order of its two streams. */
export interface PrintedMark {
  /** The step that printed it, or the next one where that was none. */
  readonly step: number;
  readonly atMs: number;
  /** How many characters. */
  readonly stdout: number;
  readonly stderr: number;
}

/** What a call of a command ends with: nothing (exit code 0), an exit code, or where it stands and when to call again. */
export type Turn = undefined | { readonly code: number; readonly edits?: readonly EditedName[] } | Waiting;

/** An object that a person wants to edit, where there is an editor. */
export interface EditedName {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** A command that has to wait: what it needs to go on, and what wakes it (`wakeMs` may be absent when it watches). */
export interface Waiting {
  readonly progress: Progress;
  readonly wakeMs?: number;
  readonly watch?: WatchedObject;
  readonly follows?: true;
  readonly isWoken?: true;
}

/** One call of a command. */
export interface Call {
  readonly command: Command;
  /** Arguments without flags and without the command's own words. */
  readonly args: readonly string[];
  /** How many of `args` stood before `--`; equals args.length without one. */
  readonly argsBeforeDash: number;
  readonly flags: ParsedFlags;
  readonly process: Process;
  readonly io: CommandIo;
  /** What the last call left; undefined on the first. */
  readonly progress?: Progress;
  /** Appends to standard output, as given (no newline added). */
  out(text: string): void;
  /** True when this call or an earlier one wrote to standard output. */
  hasOutput(): boolean;
  /** Appends to standard error. */
  err(text: string): void;
}

/** A flag of a command. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly type: 'bool' | 'string' | 'int' | 'int32' | 'duration' | 'strings' | 'stringArray';
  /** As pflag: the text it has when absent. */
  readonly default?: string;
  /** As pflag's NoOptDefVal: the text it has when given without `=value`. */
  readonly bare?: string;
  readonly required?: boolean;
  /** What whoever gives it is told to do instead, as pflag's MarkDeprecated. */
  readonly deprecated?: string;
  /** Why it is taken and not read. `says`: the user is told so; else the answer is the same with and without it. */
  readonly idle?: { readonly says: boolean; readonly because: string };
}

/** A command or subcommand. */
export interface Command {
  /** Its words: `rollout status`. */
  readonly path: string;
  readonly aliases?: readonly string[];
  /** How `Use` prints it after `kubectl`, for usage messages (`drain NODE`). */
  readonly use?: string;
  readonly flags: readonly Flag[];
  /** Takes any words and flags without reading them. */
  readonly anyFlags?: boolean;
  /** Whether it only looks; absent: when it is a dry run or `--local`. See reading.ts. */
  readonly reads?: true | ((flags: ParsedFlags, isGivenInput: boolean) => boolean);
  run(call: Call): Turn;
}

/** Options of {@link PrintTable}. */
export interface TableOptions extends Clock {
  readonly wide?: boolean;
  readonly noHeaders?: boolean;
  readonly showLabels?: boolean;
  /** `-L`: one more column per label key. */
  readonly labelColumns?: readonly string[];
  /** Adds the NAMESPACE column. */
  readonly allNamespaces?: boolean;
  /** Names are printed as `pod/web` (several kinds in one answer, `--show-kind`). */
  readonly showKind?: boolean;
  /** NAME and AGE only, as kubectl prints by itself (`--server-print=false`). */
  readonly generic?: boolean;
}

/** A table of objects of one kind, as the server and `kubectl get` print it, ending in a newline. */
export type PrintTable = (
  kind: Pick<KindDefinition, 'group' | 'kind' | 'table'>,
  objects: readonly KubeObject[],
  options: TableOptions,
) => string;

/** `kubectl describe` of one object, ending in a newline. */
export type Describe = (kind: string, object: KubeObject, reader: Reader, clock: Clock) => string;

/** Options of {@link RenderOutput}. */
export interface OutputOptions {
  /** True when kubectl wraps the answer in a v1 List (more than one object could have been meant). */
  readonly asList: boolean;
  readonly noHeaders?: boolean;
  /** `--allow-missing-template-keys=false`: a template that asks for a field that is not there fails. */
  readonly strictKeys?: boolean;
  /** The text of an annotation: the object exactly as it is, without what get would leave out or add. */
  readonly verbatim?: boolean;
}

/**
 * `-o json|yaml|name|jsonpath|jsonpath-as-json|custom-columns|go-template`: the whole answer. `template` is what stands after `=`. Throws
 * {@link KubectlError} (errors.ts) for a bad template, in kubectl's words.
 */
export type RenderOutput = (
  format: string,
  template: string,
  objects: readonly KubeObject[],
  options: OutputOptions,
) => string;

/** Values a JSONPath template finds, one list per `{expression}`; missing keys give an empty list. */
export type FindJsonPath = (template: string, value: unknown) => unknown[][];
