namespace AgentPay.Web.Sandbox.Pay;

// The capture in progress: collects the keys of one field until the entry ends. Used under the lock of the session.
public sealed class FieldInput(
    CreatePaymentRequest terms,
    CapturedFields fields,
    PayCallbacks callbacks,
    InputTimer timer,
    Action finished)
{
    private string? _idempotencyKey;

    public FieldCapture? Capture { get; private set; }

    // The ErrorType of the last capture, or null.
    public string? Error { get; private set; }

    // Returns false if the request repeats the capture in progress, or if the capture is out of sequence.
    public bool Start(CaptureStep step, UpdatePaymentRequest update)
    {
        if (Capture?.Step == step && _idempotencyKey == update.Key) return false;
        Stop();
        Error = SequenceError(step);
        if (Error is not null)
        {
            callbacks.Failed(step, Error);
            return false;
        }
        _idempotencyKey = update.Key;
        fields.Require(step);
        Capture = new(step, fields.NewEntry(step.Field), step.IsMatcher ? fields[step.Field] : null);
        callbacks.Captured(step);
        return true;
    }

    public void AddKey(char key)
    {
        if (Capture is not { } capture) return;
        if (key != '#') capture.Entry.Add(key);
        if (key == '#' || capture.Entry.IsFull)
        {
            Finish(capture, timedOut: false);
            return;
        }
        callbacks.KeyPressed(capture.Step, capture.Entry);
        timer.Start(terms.Timeout, () => Finish(capture, timedOut: true));
    }

    public void Stop()
    {
        timer.Stop();
        Capture = null;
    }

    private void Finish(FieldCapture capture, bool timedOut)
    {
        Stop();
        Error = capture.Validate(timedOut);
        if (Error is not null)
        {
            callbacks.Failed(capture.Step, Error);
        }
        else
        {
            fields.Store(capture.Step, capture.Entry);
            callbacks.Captured(capture.Step);
        }
        finished();
    }

    private string? SequenceError(CaptureStep step) => step switch
    {
        { Field: PayField.SecurityCode } when fields[PayField.CardNumber] is null => ErrorTypes.SecurityCodeBeforeCardNumber,
        { IsMatcher: true } when fields[step.Field] is null => ErrorTypes.InputMatchingFailed,
        _ => null,
    };
}
