import { expect, test } from 'vitest';
import type { Simulation } from '../engine/simulation';
import type { BranchInfo } from '../session/session';
import { chipsOf, newNotes, noteFork, noteSeen } from './branch-chips';

const branch = (id: number, parent: number | null, fromStep: number, label: string): BranchInfo => ({
  id,
  parent,
  fromStep,
  fromMs: fromStep * 10,
  label,
  simulation: {} as Simulation,
});
const MAIN = branch(0, null, 0, 'main');
const DRAIN = branch(1, 0, 5, 'drain');
const SCALE = branch(2, 1, 6, 'scale');

test('what was done next in an unseen future shares the chip of what was done before', () => {
  const notes = newNotes();
  noteSeen(notes, 0, 9);
  noteFork(notes, MAIN, 5);
  noteSeen(notes, 1, 6);
  noteFork(notes, DRAIN, 6);
  expect(chipsOf([MAIN, DRAIN, SCALE], notes)).toEqual([
    { id: 0, parent: null, fromStep: 0, fromMs: 0, label: 'main' },
    {
      id: 2,
      parent: 0,
      fromStep: 5,
      fromMs: 50,
      label: 'drain, then scale',
      through: [
        { id: 2, parent: 1, fromStep: 6 },
        { id: 1, parent: 0, fromStep: 5 },
      ],
    },
  ]);
  expect(chipsOf([MAIN, DRAIN, SCALE], newNotes([...notes.continued]))).toHaveLength(2);
});

test('a branch that somebody watched keeps its chip', () => {
  const notes = newNotes();
  noteSeen(notes, 1, 40);
  noteFork(notes, DRAIN, 6);
  expect(chipsOf([MAIN, DRAIN, SCALE], notes).map((chip) => chip.label)).toEqual(['main', 'drain', 'scale']);
});

test('a branch whose continuation was dropped has its chip again', () => {
  const notes = newNotes();
  noteFork(notes, DRAIN, 6);
  expect(chipsOf([MAIN, DRAIN], notes).map((chip) => chip.label)).toEqual(['main', 'drain']);
});
