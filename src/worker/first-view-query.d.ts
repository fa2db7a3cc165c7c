/** What `NAME.yaml?first-view` and `NAME?pictures` are: see vite.config.ts. */
declare module '*?first-view' {
  const view: import('./first-view').FirstView;
  export default view;
}
declare module '*?pictures' {
  const pictures: Readonly<Record<string, import('./gallery-pictures').Picture>>;
  export default pictures;
}
