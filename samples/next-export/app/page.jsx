import { Counter } from './Counter';

export default function Page() {
  return (
    <main>
      <h1>Next.js export</h1>
      <p>Every route is a file; no server is needed.</p>
      <Counter />
    </main>
  );
}
