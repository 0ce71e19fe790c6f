namespace AgentPay.Web.Sandbox.Control;

/// <summary>State that <c>POST /sandbox/control/reset</c> clears.</summary>
public interface IResettable
{
    void Reset();
}
