/** The beginning of a text with a lesson, up to its chapters. */

/** See the header. `duration`: of the scenario; the chapters begin in line 12. */
export const lessonHead = (duration: string): string => `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: x}
spec: {duration: ${duration}}
---
apiVersion: kubestep.dev/v1alpha1
kind: Lesson
metadata: {name: x}
spec:
  title: {en: A, zh: B}
  chapters:
`;
