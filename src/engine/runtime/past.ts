/** Looking back: what a branch's record of steps and its store say of any step. Nothing is run again for it. */
import { joinKey, type KubeObject } from '../api/meta';
import type { Simulation } from '../simulation';
import type { Store } from '../store/store';
import type { TraceStep } from '../trace/trace';
import type { StepRecord } from './step-record';

/** See the header. */
export abstract class Past {
  protected abstract readonly record: StepRecord;
  protected abstract get store(): Store<KubeObject>;

  traceAt(step: number): TraceStep {
    return this.record.at(step);
  }

  detailAt(step: number): unknown {
    return this.record.detailAt(step);
  }

  trace(from: number, to: number): readonly TraceStep[] {
    return this.record.slice(from, to);
  }

  stepAtTime(ms: number): number {
    return this.record.stepAtTime(ms);
  }

  revisionAt(step: number): number {
    return this.record.revisionAt(step);
  }

  objectAt(step: number, kind: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.store.getAt(kind, joinKey(namespace, name), this.revisionAt(step));
  }

  objectsAt(step: number, kind: string): KubeObject[] {
    return this.store.listAt(kind, this.revisionAt(step));
  }

  kinds(): string[] {
    return this.store.kinds();
  }

  changes(after: number, upTo: number): ReturnType<Simulation['changes']> {
    return this.store.allChanges(after, upTo);
  }

  differences(kind: string, fromStep: number, toStep: number): ReturnType<Simulation['differences']> {
    return this.store.differences(kind, this.revisionAt(fromStep), this.revisionAt(toStep));
  }

  history(kind: string, namespace: string | undefined, name: string): ReturnType<Simulation['history']> {
    return this.store.history(kind, joinKey(namespace, name));
  }

  stepOfRevision(revision: number): number {
    return this.store.entryAt(revision)?.step ?? 0;
  }
}
