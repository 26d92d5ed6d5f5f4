const text: string = 'the tide is told';
performance.mark(text);
