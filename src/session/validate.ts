/**
 * Checks manifests as the API server would, without running them: each is created in an empty cluster, in order, and each
 * refusal is brought back to the line of the field it names.
 */

import { decodeStrict } from '../engine/api/decode';
import { BUILT_IN } from '../engine/api/discovery';
import type { KubeObject } from '../engine/api/meta';
import { findResource } from '../engine/api/scheme';
import { StatusError } from '../engine/api/status-error';
import type { Component, Context } from '../engine/client/component';
import { createSimulation } from '../engine/create-simulation';
import { withLastApplied, withoutNulls } from '../kubectl/last-applied';
import { typeProblems } from '../kubectl/manifest-input';
import { missingNote } from '../kubectl/rest-mapping';
import { servedNote } from '../kubectl/unsimulated';
import type { SourceDocument } from '../kubectl/yaml';
import { type Problem, parseScenario } from '../scenario/scenario';
import { plainType } from './plain-type';

/** What is wrong with one manifest: each line with the field it names, or '' for the whole. */
interface Finding {
  readonly field: string;
  readonly message: string;
}

function noMatch(object: KubeObject): string {
  const message = `no matches for kind "${object.kind}" in version "${object.apiVersion}"`;
  const note = missingNote(object) ?? servedNote(object);
  return note ? `${message} (${note})` : message;
}

/** Whether a kind that the API server does not bring is there all the same. */
type Serves = (object: KubeObject) => boolean;

function findingsOf(context: Context, object: KubeObject, serves: Serves): Finding[] {
  const wrong = typeProblems(object);
  if (wrong.length > 0) return wrong.map((message) => ({ field: '', message }));
  const info = findResource(object.kind) && BUILT_IN.findKind(object.apiVersion, object.kind);
  if (!info) return serves(object) ? [] : [{ field: 'kind', message: noMatch(object) }];
  // `kubectl apply` leaves out what is null before it creates an object.
  const sent = withoutNulls(object) as KubeObject;
  const { unknown, typeError, typeErrorField = '' } = decodeStrict(sent, info.type);
  const strict = unknown.map((field) => ({ field, message: `unknown field "${field}"` }));
  if (typeError) return [...strict, { field: typeErrorField, message: plainType(typeError, typeErrorField) }];
  if (strict.length > 0) return strict;
  const { name, generateName } = sent.metadata ?? {};
  if (generateName && !name) {
    const message = `from ${generateName}: cannot use generate name with apply`;
    return [{ field: 'metadata.generateName', message }];
  }
  try {
    context.client.create(sent.metadata ? withLastApplied(sent) : sent);
    return [];
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    // Applying the same object twice is an update, not a mistake.
    if (error.reason === 'AlreadyExists') return [];
    const causes = error.reason === 'Invalid' ? (error.details.causes ?? []) : [];
    if (causes.length === 0) return [{ field: '', message: error.message }];
    return causes.map(({ field = '', message }) => ({ field, message: `${field}: ${message}` }));
  }
}

/** Creates every document once the cluster has started, and keeps the findings as the step's evidence. */
function validator(documents: readonly KubeObject[], serves: Serves): Component {
  return {
    name: 'user',
    process: 'user',
    watches: [],
    initial: () => ({}),
    start: (context) => context.after(100, 'validate', ''),
    handle: (context, timer) => {
      if (timer.kind !== 'validate') return;
      context.attach(documents.map((document) => findingsOf(context, document, serves)));
      context.say('validate', undefined, `Checked ${documents.length} manifests`);
    },
  };
}

function problemsOf(document: SourceDocument, findings: readonly Finding[]): Problem[] {
  const { kind, metadata } = document.object;
  const [what, name] = [kind, metadata?.name].map((text: unknown) => (typeof text === 'string' ? text : ''));
  const title = `${what || 'document'} ${name}`.trim();
  return findings.map(({ field, message }) => ({ ...document.rangeOf(field), message: `${title}: ${message}` }));
}

/** Everything wrong with a scenario text, in order of place. `serves` tells of custom kinds that are there already. */
export function validateText(text: string, serves: Serves = () => false): readonly Problem[] {
  const { scenario, problems } = parseScenario(text);
  if (!scenario || scenario.documents.length === 0) return problems;
  const objects = scenario.documents.map((document) => document.object);
  const config = { ...scenario.config, nodes: [], inputs: [] };
  const simulation = createSimulation(config, { components: [validator(objects, serves)] });
  const { stopped, message = '' } = simulation.run({ timeMs: 200 });
  if (stopped === 'failed') return [...problems, { message, line: 1, column: 1, endLine: 1, endColumn: 2 }];
  let findings: readonly Finding[][] = [];
  for (let step = 1; step <= simulation.step; step++) {
    if (simulation.traceAt(step).verb === 'validate') findings = simulation.detailAt(step) as readonly Finding[][];
  }
  const found = scenario.documents.flatMap((document, index) => problemsOf(document, findings[index] ?? []));
  return [...problems, ...found].sort((a, b) => a.line - b.line || a.column - b.column);
}
