/** Conditions at which playing stops. Each scenario has its own, kept across visits. */
import { create } from 'zustand';
import { loadSetting, saveSetting } from './settings';

/** One of them; `meaning` is what it is about in words, or the condition itself. */
export interface Breakpoint {
  readonly condition: string;
  readonly meaning: string;
  readonly on: boolean;
}

interface Breakpoints {
  /** The scenario they belong to. */
  readonly title: string;
  readonly list: readonly Breakpoint[];
  /** Where playing was stopped last, and by what. */
  readonly hit: { readonly step: number; readonly meaning: string } | null;
}

export const useBreakpoints = create<Breakpoints>(() => ({ title: '', list: [], hit: null }));

const SETTING = 'breakpoints';
/** So many scenarios are remembered. */
const KEPT = 20;

type Kept = readonly (readonly [title: string, list: readonly Breakpoint[]])[];

function kept(): Kept {
  try {
    const value: unknown = JSON.parse(loadSetting(SETTING) ?? '[]');
    return Array.isArray(value) ? value.filter((entry) => Array.isArray(entry) && Array.isArray(entry[1])) : [];
  } catch {
    return [];
  }
}

/** Another scenario is open. */
export function openBreakpoints(title: string): void {
  const list = kept().find(([of]) => of === title)?.[1] ?? [];
  useBreakpoints.setState({ title, list: list.filter(({ condition }) => typeof condition === 'string'), hit: null });
}

function change(list: readonly Breakpoint[]): void {
  const { title } = useBreakpoints.getState();
  const others = kept().filter(([of]) => of !== title);
  saveSetting(SETTING, JSON.stringify([...(list.length > 0 ? [[title, list]] : []), ...others].slice(0, KEPT)));
  useBreakpoints.setState({ list });
}

/** Stops there from now on. */
export function addBreakpoint(condition: string, meaning = condition): void {
  const { list } = useBreakpoints.getState();
  change([...list.filter((each) => each.condition !== condition), { condition, meaning, on: true }]);
}

/** Not any more. */
export function removeBreakpoint(condition: string): void {
  change(useBreakpoints.getState().list.filter((each) => each.condition !== condition));
}

/** Lets one be for a while, or minds it again. */
export function switchBreakpoint(condition: string, on: boolean): void {
  change(useBreakpoints.getState().list.map((each) => (each.condition === condition ? { ...each, on } : each)));
}

/** The conditions that are minded. */
export const mindedConditions = (): readonly string[] =>
  useBreakpoints.getState().list.flatMap(({ condition, on }) => (on ? [condition] : []));
