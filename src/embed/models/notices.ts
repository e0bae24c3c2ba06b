/** What stands beside the weights and the runtime: whose they are, and under which licences. */
export const NOTICES = `What is in this folder, whose it is, and under which licence. faces2mqtt fetched it, or came with it.

yunet.onnx: YuNet (face_detection_yunet_2023mar), from OpenCV's Zoo, https://github.com/opencv/opencv_zoo
  MIT License, Copyright (c) 2020 Shiqi Yu <shiqi.yu@gmail.com>
  Changed: block-quantised weights written as float32, size of the input set free.

sface.onnx: SFace (face_recognition_sface_2021dec), from OpenCV's Zoo, by Yaoyao Zhong, https://github.com/zhongyy/SFace
  Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0
  Changed: block-quantised weights written as float32.

runtime/: ONNX Runtime, https://github.com/microsoft/onnxruntime
  MIT License, Copyright (c) Microsoft Corporation

MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
