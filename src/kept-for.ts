/**
 * A function of an object that never changes: what it gives is worked out once for each, and kept as long as the object is.
 * @param work gives the same for the same object
 */
export function keptFor<K extends object, V>(work: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const found = known.get(of) ?? { value: work(of) };
    known.set(of, found);
    return found.value;
  };
}
