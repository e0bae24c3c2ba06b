#!/usr/bin/python3
"""What scikit-learn, scipy and fastcluster make of the same encodings, and what it costs them.

usage: discovery-peers.py FILE COUNT DIMENSION THRESHOLD ENGINE LABELS     ENGINE: sklearn, scipy, fastcluster
FILE holds COUNT x DIMENSION little-endian float32. Writes one int32 label per face to LABELS, prints JSON:
{"seconds","processor","memory"}, of the fit alone, nothing of the imports; memory is the peak of the process, in MB.
Exits with 3 when the engine is not installed. (Debian: python3-sklearn, python3-scipy, python3-fastcluster.)
"""
import json
import resource
import sys
import time

path, count, dimension, threshold, engine, out = sys.argv[1:]
count, dimension, threshold = int(count), int(dimension), float(threshold)
try:
    import numpy as np

    if engine == "sklearn":
        from sklearn.cluster import AgglomerativeClustering
    else:
        from scipy.cluster.hierarchy import fcluster

        if engine == "scipy":
            from scipy.cluster.hierarchy import linkage
        else:
            from fastcluster import linkage
except ImportError:
    sys.exit(3)

faces = np.fromfile(path, dtype="<f4").reshape(count, dimension).astype(np.float64)
start, processor = time.perf_counter(), time.process_time()
if engine == "sklearn":
    labels = AgglomerativeClustering(
        n_clusters=None, metric="euclidean", linkage="average", distance_threshold=threshold
    ).fit_predict(faces)
else:
    labels = fcluster(linkage(faces, "average"), threshold, "distance")
seconds, processor = time.perf_counter() - start, time.process_time() - processor
labels.astype("<i4").tofile(out)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "processor": processor, "memory": memory}))
