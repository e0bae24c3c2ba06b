const { createClusterer } = await import(process.argv[2]);
const encodings = { data: Float32Array.of(1, 2), count: 2, dimension: 1 };
await createClusterer().cluster({ encodings, threshold: 0.5, engine: "native" });
process.stdout.write("done\n");
