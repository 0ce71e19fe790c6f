using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Pay;

// Asks the caller to confirm the number with at most three prompts.
// Each prompt waits for twice the timeout of the session, because it takes a while to play. A wrong key uses up a prompt, like no key.
public sealed class CallerConfirmation(Leg leg, string number, TimeSpan timeout, InputTimer timer, Action tooManyAttempts)
{
    private int _remainingPrompts = 3;

    public void Prompt()
    {
        if (_remainingPrompts-- == 0)
        {
            tooManyAttempts();
            return;
        }
        leg.Say($"Your number ends in {string.Join(' ', number[^4..].ToCharArray())}. Please press 1 to confirm or 2 to cancel.");
        timer.Start(2 * timeout, Prompt);
    }
}
