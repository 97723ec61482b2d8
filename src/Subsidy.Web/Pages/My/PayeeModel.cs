using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.My;

public sealed record PayeeModel(MyModel Mine, FormState State);
