#!/usr/bin/python3
"""What scikit-learn, scipy and fastcluster make of the same encodings, and what it costs them.

usage: discovery-peers.py FILE COUNT THRESHOLD ENGINE LABELS     ENGINE: sklearn, scipy, fastcluster
FILE holds COUNT x 128 little-endian float32. Writes one int32 label per face to LABELS, prints "seconds peak_rss_mb".
Exits with 3 when the engine is not installed. (Debian: python3-sklearn, python3-scipy, python3-fastcluster.)
"""
import resource
import sys
import time

path, count, threshold, engine, out = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], sys.argv[5]
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

faces = np.fromfile(path, dtype="<f4").reshape(count, 128).astype(np.float64)
start = time.perf_counter()
if engine == "sklearn":
    labels = AgglomerativeClustering(
        n_clusters=None, metric="euclidean", linkage="average", distance_threshold=threshold
    ).fit_predict(faces)
else:
    labels = fcluster(linkage(faces, "average"), threshold, "distance")
seconds = time.perf_counter() - start
labels.astype("<i4").tofile(out)
print(f"{seconds:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")
