# OpenCV's own YuNet and SFace, one thread: reads "side path" a line, answers with JSON: processor time and encodings.
# usage: opencv-peer.py yunet.onnx sface.onnx
import json, sys, time
import cv2, numpy as np

cv2.setNumThreads(1)
detector = cv2.FaceDetectorYN.create(sys.argv[1], "", (320, 320), 0.6, 0.3, 5000)
encoder = cv2.FaceRecognizerSF.create(sys.argv[2], "")
print(json.dumps({"version": cv2.__version__}), flush=True)


def look(side, path):
    picture = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    height, width = picture.shape[:2]
    factor = max(1.0, max(width, height) / side)
    small = picture if factor == 1 else cv2.resize(picture, (round(width / factor), round(height / factor)))
    detector.setInputSize((small.shape[1], small.shape[0]))
    found = detector.detect(small)[1]
    faces = []
    for face in [] if found is None else found:
        face[:14] *= factor
        raw = encoder.feature(encoder.alignCrop(picture, face))[0].astype(np.float64)
        x, y, w, h = face[:4]
        left, top = max(0, int(x - w / 4)), max(0, int(y - h / 4))
        cut = picture[top : int(y + h * 1.25), left : int(x + w * 1.25)]
        scale = min(1.0, 256 / max(cut.shape[:2]))
        cut = cut if scale == 1 else cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        cv2.imencode(".jpg", cut, [cv2.IMWRITE_JPEG_QUALITY, 82])
        faces.append({"box": [float(v) for v in face[:4]], "unit": [float(v) for v in raw / np.linalg.norm(raw)]})
    return faces


for line in sys.stdin:
    side, path = line.rstrip("\n").split(" ", 1)
    started = time.process_time()
    faces = look(int(side), path)
    print(json.dumps({"ms": (time.process_time() - started) * 1000, "faces": faces}), flush=True)
